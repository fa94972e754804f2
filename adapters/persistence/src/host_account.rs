//! The accounts of hosts: the version that a payout which withholds something names.

use diesel::prelude::*;
use sojourn_domain::payment::HostAccount;
use sojourn_domain::shared::{CommitError, Currency, UserId};

use crate::connection::AnyConnection;
use crate::dialect::each;
use crate::errors::TxError;
use crate::schema::money::host_accounts;
use crate::uuid_column::UuidColumn;

/// The account as it is stored; version 0 when it is not.
pub(crate) fn load(
    conn: &mut AnyConnection,
    host_id: UserId,
    currency: Currency,
) -> Result<HostAccount, TxError> {
    let query = host_accounts::table
        .filter(host_accounts::host_id.eq(UuidColumn::from(host_id)))
        .filter(host_accounts::currency.eq(currency.code()));
    let version: Option<i64> = query
        .select(host_accounts::version)
        .first(conn)
        .optional()?;
    Ok(HostAccount {
        host_id,
        currency,
        version: version.unwrap_or(0),
    })
}

/// Moves an account on from the version that was read: [`CommitError::Stale`] when another did so meanwhile.
pub(crate) fn advance(conn: &mut AnyConnection, read: &HostAccount) -> Result<(), TxError> {
    let (host_id, currency) = (UuidColumn::from(read.host_id), read.currency.code());
    let moved = if read.version == 0 {
        let first = (
            host_accounts::host_id.eq(host_id),
            host_accounts::currency.eq(currency),
            host_accounts::version.eq(1_i64),
        );
        let statement = diesel::insert_into(host_accounts::table)
            .values(first)
            .on_conflict_do_nothing();
        each!(conn, c => statement.execute(c))?
    } else {
        let account = host_accounts::table
            .filter(host_accounts::host_id.eq(host_id))
            .filter(host_accounts::currency.eq(currency))
            .filter(host_accounts::version.eq(read.version));
        diesel::update(account)
            .set(host_accounts::version.eq(read.version + 1))
            .execute(conn)?
    };
    if moved == 0 {
        Err(CommitError::Stale.into())
    } else {
        Ok(())
    }
}

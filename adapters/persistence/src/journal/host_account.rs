//! The accounts of hosts: versions that order the payouts that withhold something.

use diesel::prelude::*;
use sojourn_domain::payment::HostAccount;
use sojourn_domain::shared::{Currency, UserId};

use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::insert_new_row;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::{Refusal, TxError};
use crate::schema::money::host_accounts;

/// The account of a host in a currency; version 0 when none is stored.
pub(crate) fn find_account(
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

/// Increments the version of an account that was read.
///
/// # Errors
/// [`Refusal::Stale`] when a concurrent change did so first.
pub(crate) fn bump_version(conn: &mut AnyConnection, read: &HostAccount) -> Result<(), TxError> {
    let host_id = UuidColumn::from(read.host_id);
    let currency = read.currency.code();
    let changed = if read.version == 0 {
        let first = (
            host_accounts::host_id.eq(host_id),
            host_accounts::currency.eq(currency),
            host_accounts::version.eq(1_i64),
        );
        insert_new_row!(conn, host_accounts::table, first)?
    } else {
        let account = host_accounts::table
            .filter(host_accounts::host_id.eq(host_id))
            .filter(host_accounts::currency.eq(currency))
            .filter(host_accounts::version.eq(read.version));
        diesel::update(account)
            .set(host_accounts::version.eq(read.version + 1))
            .execute(conn)?
    };
    if changed == 0 {
        return Err(Refusal::Stale.into());
    }
    Ok(())
}

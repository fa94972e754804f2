//! The check that an account has not changed since it was authenticated.

use diesel::prelude::*;
use sojourn_domain::user::User;

use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::row_lock::lock_account_exclusively;
use crate::schema::accounts::users;
use crate::user::row::UserRow;

/// True if the password, role and state of an account are as they were read. They cannot change before the
/// transaction ends.
pub(crate) fn is_unchanged(conn: &mut AnyConnection, account: &User) -> Result<bool, TxError> {
    let id = UuidColumn::from(account.id);
    lock_account_exclusively(conn, id)?;
    let found = users::table
        .find(id)
        .select(UserRow::as_select())
        .first(conn)
        .optional()?;
    let Some(current) = found.map(User::try_from).transpose()? else {
        return Ok(false);
    };
    let state = |user: &User| {
        (
            user.role,
            user.suspended_at,
            user.erased_at,
            user.email_verified,
        )
    };
    Ok(current.password_hash == account.password_hash && state(&current) == state(account))
}

//! The import of accounts.

use diesel::prelude::*;
use sojourn_domain::user::User;

use super::existing::{MAX_ROWS, missing_ids, total};
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::accounts::users;
use crate::user::row::UserRow;

/// Stores the new accounts and returns their number.
pub(super) fn load_users(conn: &mut AnyConnection, all: &[User]) -> Result<u64, TxError> {
    let mut missing = missing_ids!(conn, users, all.iter().map(|user| user.id.into()).collect());
    let new = all.iter().filter(|user| missing.remove(&user.id.into()));
    let rows: Vec<UserRow> = new.map(UserRow::from).collect();
    for rows in rows.chunks(MAX_ROWS) {
        insert_rows!(conn, users::table, rows)?;
    }
    Ok(total(rows.len()))
}

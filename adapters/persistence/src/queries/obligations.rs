//! What keeps an account from being erased.

use diesel::prelude::*;
use diesel::sql_types::Bool;
use sojourn_application::ports::Obligations;
use sojourn_domain::shared::UserId;

use super::sql::{Sql, Value};
use crate::connection::AnyConnection;
use crate::errors::TxError;

#[derive(QueryableByName)]
struct ObligationsRow {
    #[diesel(sql_type = Bool)]
    bookings: bool,
    #[diesel(sql_type = Bool)]
    payouts: bool,
}

/// What the account owes to others or is owed, in one statement over its own bookings and payouts.
pub(super) fn obligations(conn: &mut AnyConnection, user: UserId) -> Result<Obligations, TxError> {
    let mut sql = Sql::default();
    let user = sql.value(Value::Id(user.into()));
    let ahead = "status IN ('pending_payment', 'awaiting_host', 'confirmed', 'checked_in')";
    sql.push(&format!(
        "SELECT EXISTS (SELECT 1 FROM bookings WHERE guest_id = {user} AND {ahead}) \
         OR EXISTS (SELECT 1 FROM bookings WHERE host_id = {user} AND {ahead}) AS bookings, \
         EXISTS (SELECT 1 FROM payouts WHERE host_id = {user} AND status IN ('scheduled', 'sending')) AS payouts"
    ));
    let row: ObligationsRow = sql.into_query(conn).get_result(conn)?;
    Ok(Obligations {
        bookings: row.bookings,
        payouts: row.payouts,
    })
}

//! Obligations that prevent the erasure of an account.

use diesel::prelude::*;
use diesel::sql_types::Bool;
use sojourn_application::ports::Obligations;
use sojourn_domain::shared::UserId;

use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::statement::{Statement, Value};

#[derive(QueryableByName)]
struct ObligationsRow {
    #[diesel(sql_type = Bool)]
    bookings: bool,
    #[diesel(sql_type = Bool)]
    payouts: bool,
    #[diesel(sql_type = Bool)]
    debts: bool,
}

/// The obligations of an account, in one statement over its bookings, payouts and journal.
pub(crate) fn find_obligations(
    conn: &mut AnyConnection,
    user: UserId,
) -> Result<Obligations, TxError> {
    let mut sql = Statement::for_connection(conn);
    let user = sql.value(Value::Id(user.into()));
    let active = "status IN ('pending_payment', 'awaiting_host', 'confirmed', 'checked_in')";
    sql.push(&format!(
        "SELECT EXISTS (SELECT 1 FROM bookings WHERE guest_id = {user} AND {active}) \
         OR EXISTS (SELECT 1 FROM bookings WHERE host_id = {user} AND {active}) AS bookings, \
         EXISTS (SELECT 1 FROM payouts WHERE host_id = {user} AND status IN ('scheduled', 'sending')) AS payouts, \
         EXISTS (SELECT 1 FROM journal WHERE host_id = {user} GROUP BY currency HAVING SUM(host_payable) > 0) AS debts"
    ));
    let row: ObligationsRow = sql.into_query().get_result(conn)?;
    Ok(Obligations {
        bookings: row.bookings,
        payouts: row.payouts,
        debts: row.debts,
    })
}

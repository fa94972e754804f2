//! Debts of hosts.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use sojourn_domain::ledger::HostDebt;
use sojourn_domain::payment::HostAccount;
use sojourn_domain::shared::{Currency, Money, UserId};

use crate::columns::uuid::{UuidColumn, UuidSql};
use crate::dialect::definition::SqlType;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::journal::host_account::find_account;
use crate::query::statement::{Statement, Value};

#[derive(QueryableByName)]
struct DebtRow {
    #[diesel(sql_type = UuidSql)]
    property_id: UuidColumn,
    #[diesel(sql_type = UuidSql)]
    booking_id: UuidColumn,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

/// The ended bookings of a host that brought less than was paid out for them, the oldest first, and the account of
/// the host. A booking with a refund that the gateway has not answered may yet bring more, so it is left out.
pub(crate) fn find_debts(
    conn: &mut AnyConnection,
    host_id: UserId,
    currency: Currency,
) -> Result<(Vec<HostDebt>, HostAccount), TxError> {
    let mut sql = Statement::for_connection(conn);
    write_statement(&mut sql, host_id, currency);
    let rows: Vec<DebtRow> = sql.into_query().load(conn)?;
    let debts = rows.into_iter().map(|row| HostDebt {
        property_id: row.property_id.into(),
        booking_id: row.booking_id.into(),
        host_id,
        amount: Money::new(row.amount, currency),
    });
    let account = find_account(conn, host_id, currency)?;
    Ok((debts.collect(), account))
}

fn write_statement(sql: &mut Statement, host_id: UserId, currency: Currency) {
    let amount = sql.cast("SUM(host_payable)", SqlType::BigInt);
    sql.push(&format!(
        "SELECT property_id, booking_id, amount FROM (SELECT property_id, booking_id, \
         {amount} AS amount, MIN(at) AS since FROM journal WHERE TRUE"
    ));
    sql.and("host_id = ?", Value::Id(host_id.into()));
    sql.and("currency = ?", Value::Text(currency.code().to_owned()));
    sql.push(
        " GROUP BY property_id, booking_id HAVING SUM(host_payable) > 0) owed \
         WHERE EXISTS (SELECT 1 FROM bookings b WHERE b.property_id = owed.property_id \
         AND b.id = owed.booking_id AND b.status IN ('completed', 'cancelled', 'declined', 'expired', 'no_show')) \
         AND NOT EXISTS (SELECT 1 FROM payments p JOIN payment_calls c ON c.property_id = p.property_id \
         AND c.payment_id = p.id WHERE p.property_id = owed.property_id \
         AND p.booking_id = owed.booking_id AND c.kind = 'refund') ORDER BY since, booking_id",
    );
}

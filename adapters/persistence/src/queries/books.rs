//! Sums of the journal.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use sojourn_application::ports::HostBalance;
use sojourn_domain::ledger::{Debt, Postings};
use sojourn_domain::payment::HostAccount;
use sojourn_domain::shared::{Currency, Money, StoreError, UserId};

use super::sql::{Sql, Value};
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::host_account;
use crate::journal_row::AmountsRow;
use crate::json_column::money;
use crate::uuid_column::{UuidColumn, UuidSql};

#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    first: i64,
    #[diesel(sql_type = BigInt)]
    second: i64,
}

#[derive(QueryableByName)]
struct DebtRow {
    #[diesel(sql_type = UuidSql)]
    property_id: UuidColumn,
    #[diesel(sql_type = UuidSql)]
    booking_id: UuidColumn,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

/// The whole journal, one a currency.
pub(super) fn balances(conn: &mut AnyConnection) -> Result<Vec<Postings>, TxError> {
    let mut sql = Sql::default();
    sql.push(
        "SELECT currency, CAST(SUM(guest_receivable) AS BIGINT) AS guest_receivable, \
         CAST(SUM(processor_cash) AS BIGINT) AS processor_cash, CAST(SUM(host_payable) AS BIGINT) AS host_payable, \
         CAST(SUM(platform_revenue) AS BIGINT) AS platform_revenue, CAST(SUM(tax_payable) AS BIGINT) AS tax_payable \
         FROM journal GROUP BY currency ORDER BY currency",
    );
    let rows: Vec<AmountsRow> = sql.into_query(conn).load(conn)?;
    Ok(rows
        .iter()
        .map(AmountsRow::postings)
        .collect::<Result<_, _>>()?)
}

/// Where a host stands, one a currency, in two statements: by the journal, and by the payouts.
pub(super) fn of_host(conn: &mut AnyConnection, host: UserId) -> Result<Vec<HostBalance>, TxError> {
    let mut found: BTreeMap<String, HostBalance> = BTreeMap::new();
    let mut journal = Sql::default();
    let place = journal.value(Value::Id(host.into()));
    journal.push(&format!(
        "SELECT currency, CAST(SUM(-owed) AS BIGINT) AS first, \
         CAST(SUM(CASE WHEN owed > 0 THEN owed ELSE 0 END) AS BIGINT) AS second \
         FROM (SELECT currency, SUM(host_payable) AS owed FROM journal WHERE host_id = {place} \
               GROUP BY currency, property_id, booking_id) AS bookings GROUP BY currency"
    ));
    for row in journal.into_query(conn).load::<Pair>(conn)? {
        let balance = balance(&mut found, &row)?;
        (balance.balance, balance.owed) = pair(balance.currency, &row);
    }
    let mut payouts = Sql::default();
    let place = payouts.value(Value::Id(host.into()));
    payouts.push(&format!(
        "SELECT currency, CAST(SUM(CASE WHEN status = 'paid' THEN 0 ELSE amount - withheld END) AS BIGINT) AS first, \
         CAST(SUM(CASE WHEN status = 'paid' THEN amount - withheld ELSE 0 END) AS BIGINT) AS second \
         FROM payouts WHERE host_id = {place} GROUP BY currency"
    ));
    for row in payouts.into_query(conn).load::<Pair>(conn)? {
        let balance = balance(&mut found, &row)?;
        (balance.scheduled, balance.paid) = pair(balance.currency, &row);
    }
    Ok(found.into_values().collect())
}

fn pair(currency: Currency, row: &Pair) -> (Money, Money) {
    (
        Money::new(row.first, currency),
        Money::new(row.second, currency),
    )
}

fn balance<'a>(
    found: &'a mut BTreeMap<String, HostBalance>,
    row: &Pair,
) -> Result<&'a mut HostBalance, StoreError> {
    let zero = money(0, &row.currency)?;
    let none = HostBalance {
        currency: zero.currency(),
        balance: zero,
        scheduled: zero,
        paid: zero,
        owed: zero,
    };
    Ok(found.entry(row.currency.clone()).or_insert(none))
}

/// The ended bookings of a host that brought less than was sent for them, the oldest first, and the account. One
/// whose refund is not answered may come to more again, so that it counts only then.
pub(super) fn debts(
    conn: &mut AnyConnection,
    host_id: UserId,
    currency: Currency,
) -> Result<(Vec<Debt>, HostAccount), TxError> {
    let mut sql = Sql::default();
    sql.push(
        "SELECT property_id, booking_id, amount FROM (SELECT property_id, booking_id, \
         CAST(SUM(host_payable) AS BIGINT) AS amount, MIN(at) AS since FROM journal WHERE TRUE",
    );
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
    let rows: Vec<DebtRow> = sql.into_query(conn).load(conn)?;
    let debt = |row: DebtRow| Debt {
        property_id: row.property_id.into(),
        booking_id: row.booking_id.into(),
        host_id,
        amount: Money::new(row.amount, currency),
    };
    let account = host_account::load(conn, host_id, currency)?;
    Ok((rows.into_iter().map(debt).collect(), account))
}

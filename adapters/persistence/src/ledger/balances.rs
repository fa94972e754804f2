//! Sums of the journal and of the payouts.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use sojourn_application::ports::HostBalance;
use sojourn_domain::ledger::{Account, Postings};
use sojourn_domain::shared::{Currency, Money, RepositoryError, UserId};

use crate::columns::money;
use crate::columns::uuid::UuidColumn;
use crate::dialect::definition::SqlType;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::journal::row::AmountsRow;
use crate::query::pagination::convert_all;
use crate::query::statement::{Statement, Value};

/// Two sums in a currency.
#[derive(QueryableByName)]
struct SumsRow {
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    first: i64,
    #[diesel(sql_type = BigInt)]
    second: i64,
}

/// The sums of the whole journal, one for each currency.
pub(crate) fn sum_journal(conn: &mut AnyConnection) -> Result<Vec<Postings>, TxError> {
    let mut sql = Statement::for_connection(conn);
    let sums = [
        Account::GuestReceivable,
        Account::ProcessorCash,
        Account::HostPayable,
        Account::PlatformRevenue,
        Account::TaxPayable,
    ]
    .map(|account| {
        // The words of the accounts are the names of their columns.
        let column = account.as_str();
        let sum = sql.cast(&format!("SUM({column})"), SqlType::BigInt);
        format!("{sum} AS {column}")
    });
    sql.push(&format!(
        "SELECT currency, {} FROM journal GROUP BY currency ORDER BY currency",
        sums.join(", ")
    ));
    let rows: Vec<AmountsRow> = sql.into_query().load(conn)?;
    convert_all(rows, |row| row.to_postings())
}

/// The balances of a host, one for each currency, in two statements: over the journal and over the payouts.
pub(crate) fn host_balances(
    conn: &mut AnyConnection,
    host: UserId,
) -> Result<Vec<HostBalance>, TxError> {
    let mut balances = BTreeMap::new();
    for row in journal_sums(conn, host.into())? {
        let balance = balance_of(&mut balances, &row)?;
        (balance.balance, balance.owed) = row.amounts(balance.currency);
    }
    for row in payout_sums(conn, host.into())? {
        let balance = balance_of(&mut balances, &row)?;
        (balance.scheduled, balance.paid) = row.amounts(balance.currency);
    }
    Ok(balances.into_values().collect())
}

/// The sums that the marketplace owes the host, and those that the host owes for bookings that brought less than was
/// paid out for them.
fn journal_sums(conn: &mut AnyConnection, host: UuidColumn) -> Result<Vec<SumsRow>, TxError> {
    let mut sql = Statement::for_connection(conn);
    let host = sql.value(Value::Id(host));
    let balance = sql.cast("SUM(-owed)", SqlType::BigInt);
    let owed = sql.cast(
        "SUM(CASE WHEN owed > 0 THEN owed ELSE 0 END)",
        SqlType::BigInt,
    );
    sql.push(&format!(
        "SELECT currency, {balance} AS first, {owed} AS second \
         FROM (SELECT currency, SUM(host_payable) AS owed FROM journal WHERE host_id = {host} \
               GROUP BY currency, property_id, booking_id) AS bookings GROUP BY currency"
    ));
    Ok(sql.into_query().load(conn)?)
}

/// The sums still to be paid out, and those paid out.
fn payout_sums(conn: &mut AnyConnection, host: UuidColumn) -> Result<Vec<SumsRow>, TxError> {
    let mut sql = Statement::for_connection(conn);
    let host = sql.value(Value::Id(host));
    let scheduled = sql.cast(
        "SUM(CASE WHEN status = 'paid' THEN 0 ELSE amount - withheld END)",
        SqlType::BigInt,
    );
    let paid = sql.cast(
        "SUM(CASE WHEN status = 'paid' THEN amount - withheld ELSE 0 END)",
        SqlType::BigInt,
    );
    sql.push(&format!(
        "SELECT currency, {scheduled} AS first, {paid} AS second \
         FROM payouts WHERE host_id = {host} GROUP BY currency"
    ));
    Ok(sql.into_query().load(conn)?)
}

impl SumsRow {
    fn amounts(&self, currency: Currency) -> (Money, Money) {
        (
            Money::new(self.first, currency),
            Money::new(self.second, currency),
        )
    }
}

fn balance_of<'a>(
    balances: &'a mut BTreeMap<String, HostBalance>,
    row: &SumsRow,
) -> Result<&'a mut HostBalance, RepositoryError> {
    let zero = money::from_db(0, &row.currency)?;
    let none = HostBalance {
        currency: zero.currency(),
        balance: zero,
        scheduled: zero,
        paid: zero,
        owed: zero,
    };
    Ok(balances.entry(row.currency.clone()).or_insert(none))
}

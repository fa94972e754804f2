//! Sums of the journal and of the payouts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use sojourn_application::ports::HostBalance;
use sojourn_domain::ledger::{Account, Postings};
use sojourn_domain::shared::{Money, RepositoryError, UserId};

use crate::columns::money;
use crate::dialect::definition::SqlType;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::journal::row::AmountsRow;
use crate::query::pagination::convert_all;
use crate::query::statement::{Statement, Value};

/// Sums of a host in a currency, over the journal or over the payouts.
#[derive(QueryableByName)]
struct SumsRow {
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    balance: i64,
    #[diesel(sql_type = BigInt)]
    owed: i64,
    #[diesel(sql_type = BigInt)]
    scheduled: i64,
    #[diesel(sql_type = BigInt)]
    paid: i64,
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

/// The balances of a host, one for each currency, in one statement: over the journal what the marketplace owes the host
/// and what the host owes for bookings that brought less than was paid out for them; over the payouts what is still to
/// be paid and what was paid.
pub(crate) fn host_balances(
    conn: &mut AnyConnection,
    host: UserId,
) -> Result<Vec<HostBalance>, TxError> {
    let mut sql = Statement::for_connection(conn);
    let host = sql.value(Value::Id(host.into()));
    let sum = |what: &str| sql.cast(&format!("SUM({what})"), SqlType::BigInt);
    let (balance, owed) = (sum("-owed"), sum("CASE WHEN owed > 0 THEN owed ELSE 0 END"));
    let scheduled = sum("CASE WHEN status = 'paid' THEN 0 ELSE amount - withheld END");
    let paid = sum("CASE WHEN status = 'paid' THEN amount - withheld ELSE 0 END");
    let statement = format!(
        "SELECT currency, {balance} AS balance, {owed} AS owed, 0 AS scheduled, 0 AS paid \
         FROM (SELECT currency, SUM(host_payable) AS owed FROM journal WHERE host_id = {host} \
               GROUP BY currency, property_id, booking_id) AS bookings GROUP BY currency \
         UNION ALL SELECT currency, 0 AS balance, 0 AS owed, {scheduled} AS scheduled, {paid} AS paid \
         FROM payouts WHERE host_id = {host} GROUP BY currency"
    );
    sql.push(&statement);
    let rows: Vec<SumsRow> = sql.into_query().load(conn)?;
    let mut balances: BTreeMap<String, SumsRow> = BTreeMap::new();
    for row in rows {
        match balances.entry(row.currency.clone()) {
            Entry::Vacant(free) => drop(free.insert(row)),
            Entry::Occupied(mut sums) => sums.get_mut().add(&row),
        }
    }
    convert_all(balances.into_values().collect(), |row| row.to_balance())
}

impl SumsRow {
    fn add(&mut self, other: &Self) {
        self.balance += other.balance;
        self.owed += other.owed;
        self.scheduled += other.scheduled;
        self.paid += other.paid;
    }

    fn to_balance(&self) -> Result<HostBalance, RepositoryError> {
        let balance = money::from_db(self.balance, &self.currency)?;
        let amount = |amount| Money::new(amount, balance.currency());
        Ok(HostBalance {
            currency: balance.currency(),
            balance,
            scheduled: amount(self.scheduled),
            paid: amount(self.paid),
            owed: amount(self.owed),
        })
    }
}

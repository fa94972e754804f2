//! An entry of the journal as its row.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::ledger::{Account, Cause, JournalEntry, Postings};
use sojourn_domain::shared::{Currency, Money, StoreError};

use crate::instant::{read, stored};
use crate::json_column::known;
use crate::schema::money::journal;
use crate::uuid_column::UuidColumn;

/// A row of `journal`.
#[derive(Debug, Queryable, Selectable, Insertable, QueryableByName)]
#[diesel(table_name = journal, treat_none_as_default_value = false)]
pub(crate) struct JournalRow {
    property_id: UuidColumn,
    pub(crate) booking_id: UuidColumn,
    pub(crate) cause: String,
    pub(crate) source: UuidColumn,
    host_id: UuidColumn,
    #[diesel(embed)]
    amounts: AmountsRow,
    pub(crate) at: NaiveDateTime,
}

/// The amounts of one currency on all accounts.
#[derive(Debug, Queryable, Selectable, Insertable, QueryableByName)]
#[diesel(table_name = journal, treat_none_as_default_value = false)]
pub(crate) struct AmountsRow {
    currency: String,
    guest_receivable: i64,
    processor_cash: i64,
    host_payable: i64,
    platform_revenue: i64,
    tax_payable: i64,
}

impl AmountsRow {
    fn of(postings: &Postings) -> Self {
        let on = |account| postings.on(account).amount();
        Self {
            currency: postings.currency().code().to_owned(),
            guest_receivable: on(Account::GuestReceivable),
            processor_cash: on(Account::ProcessorCash),
            host_payable: on(Account::HostPayable),
            platform_revenue: on(Account::PlatformRevenue),
            tax_payable: on(Account::TaxPayable),
        }
    }

    /// The postings of a row, or of a sum of rows.
    pub(crate) fn postings(&self) -> Result<Postings, StoreError> {
        let corrupt = |error: &dyn std::fmt::Display| StoreError::Corrupt(error.to_string());
        let currency = Currency::parse(&self.currency).map_err(|error| corrupt(&error))?;
        let amounts = [
            (Account::GuestReceivable, self.guest_receivable),
            (Account::ProcessorCash, self.processor_cash),
            (Account::HostPayable, self.host_payable),
            (Account::PlatformRevenue, self.platform_revenue),
            (Account::TaxPayable, self.tax_payable),
        ];
        let amounts = amounts.map(|(account, amount)| (account, Money::new(amount, currency)));
        Postings::try_new(currency, amounts).map_err(|error| corrupt(&error))
    }
}

impl JournalRow {
    /// The row of an entry.
    pub(crate) fn of(entry: &JournalEntry) -> Self {
        Self {
            property_id: entry.property_id.into(),
            booking_id: entry.booking_id.into(),
            cause: entry.cause.as_str().to_owned(),
            source: UuidColumn(entry.source),
            host_id: entry.host_id.into(),
            amounts: AmountsRow::of(&entry.postings),
            at: stored(entry.at),
        }
    }

    /// The entry of a row.
    pub(crate) fn entry(self) -> Result<JournalEntry, StoreError> {
        Ok(JournalEntry {
            property_id: self.property_id.into(),
            booking_id: self.booking_id.into(),
            host_id: self.host_id.into(),
            cause: known(Cause::from_word(&self.cause), "journal.cause")?,
            source: self.source.0,
            at: read(self.at),
            postings: self.amounts.postings()?,
        })
    }
}

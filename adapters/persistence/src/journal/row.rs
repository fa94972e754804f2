//! Entries of the journal as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::ledger::{Account, JournalEntry, PostingReason, Postings};
use sojourn_domain::shared::{Currency, Money, RepositoryError};

use crate::columns::enums::known;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::errors::{corrupt, damaged};
use crate::schema::money::journal;

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

/// The amounts on all accounts, in one currency.
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
    fn from_postings(postings: &Postings) -> Self {
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
    pub(crate) fn to_postings(&self) -> Result<Postings, RepositoryError> {
        let currency = Currency::restore(&self.currency).map_err(corrupt)?;
        let amounts = [
            (Account::GuestReceivable, self.guest_receivable),
            (Account::ProcessorCash, self.processor_cash),
            (Account::HostPayable, self.host_payable),
            (Account::PlatformRevenue, self.platform_revenue),
            (Account::TaxPayable, self.tax_payable),
        ];
        let amounts = amounts.map(|(account, amount)| (account, Money::new(amount, currency)));
        Postings::try_new(currency, amounts).map_err(corrupt)
    }
}

impl JournalRow {
    /// The row of an entry.
    pub(crate) fn from_entry(entry: &JournalEntry) -> Self {
        Self {
            property_id: entry.property_id.into(),
            booking_id: entry.booking_id.into(),
            cause: entry.cause.as_str().to_owned(),
            source: UuidColumn(entry.source),
            host_id: entry.host_id.into(),
            amounts: AmountsRow::from_postings(&entry.postings),
            at: timestamp::to_db(entry.at),
        }
    }

    /// The entry of a row.
    pub(crate) fn into_entry(self) -> Result<JournalEntry, RepositoryError> {
        let id = self.source;
        self.restore()
            .map_err(|error| damaged("journal", id.0, error))
    }

    fn restore(self) -> Result<JournalEntry, RepositoryError> {
        Ok(JournalEntry {
            property_id: self.property_id.into(),
            booking_id: self.booking_id.into(),
            host_id: self.host_id.into(),
            cause: known(self.cause.parse::<PostingReason>().ok(), "journal.cause")?,
            source: self.source.0,
            at: timestamp::from_db(self.at),
            postings: self.amounts.to_postings()?,
        })
    }
}

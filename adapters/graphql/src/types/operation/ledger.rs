//! The ledger.

use async_graphql::SimpleObject;
use sojourn_application::ports;
use sojourn_domain::ledger::{self, Account};

use crate::context::Connection;
use crate::scalars::{Id, Instant, Money, PostingReason};

/// A page of the journal, with the balances of all accounts.
#[derive(SimpleObject)]
pub(crate) struct Ledger {
    /// Entries, newest first.
    pub(crate) entries: Connection<JournalEntry>,
    /// Balances of all accounts over the whole journal, one item per currency; filters do not apply.
    pub(crate) balances: Vec<LedgerBalances>,
}

/// A double entry of a booking. Entries are immutable.
#[derive(SimpleObject)]
pub(crate) struct JournalEntry {
    /// Id of the property.
    property_id: Id,
    /// Id of the booking.
    booking_id: Id,
    /// Id of the host.
    host_id: Id,
    /// Reason of the posting.
    cause: PostingReason,
    /// Id of the booking, alteration, payment entry or payout that caused the entry.
    source: Id,
    /// Time of the posting.
    at: Instant,
    /// Changes to the accounts.
    postings: Postings,
}

/// Changes to each account: debits are positive, credits negative; they sum to zero.
#[derive(SimpleObject)]
pub(crate) struct Postings {
    /// Amounts owed by guests.
    guest_receivable: Money,
    /// Funds held by the payment provider.
    processor_cash: Money,
    /// Amounts due to hosts (negative) or owed by them (positive).
    host_payable: Money,
    /// Revenue (negative) or losses (positive) of the marketplace.
    platform_revenue: Money,
    /// Taxes collected for the authorities (negative).
    tax_payable: Money,
}

/// Balances of all accounts in one currency.
#[derive(SimpleObject)]
pub(crate) struct LedgerBalances {
    /// ISO 4217 code of the currency.
    currency: &'static str,
    /// Balance of each account.
    accounts: Postings,
}

impl From<ledger::JournalEntry> for JournalEntry {
    fn from(entry: ledger::JournalEntry) -> Self {
        Self {
            property_id: entry.property_id.into(),
            booking_id: entry.booking_id.into(),
            host_id: entry.host_id.into(),
            cause: entry.cause.into(),
            source: Id(entry.source),
            at: entry.at.into(),
            postings: Postings::from(&entry.postings),
        }
    }
}

impl From<&ledger::Postings> for Postings {
    fn from(postings: &ledger::Postings) -> Self {
        let on = |account| postings.on(account).into();
        Self {
            guest_receivable: on(Account::GuestReceivable),
            processor_cash: on(Account::ProcessorCash),
            host_payable: on(Account::HostPayable),
            platform_revenue: on(Account::PlatformRevenue),
            tax_payable: on(Account::TaxPayable),
        }
    }
}

impl From<&ports::Balances> for LedgerBalances {
    fn from(balances: &ports::Balances) -> Self {
        Self {
            currency: balances.currency.code(),
            accounts: Postings::from(&balances.postings),
        }
    }
}

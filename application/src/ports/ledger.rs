//! Ledger reads for hosts, operators and the integrity check.

use async_trait::async_trait;
use sojourn_domain::ledger::{Account, BookingSnapshot, Finding, HostDebt, JournalEntry, Postings};
use sojourn_domain::payment::{HostAccount, Payout, PayoutStatus};
use sojourn_domain::shared::{
    BookingId, Currency, Money, Page, PageRequest, PaymentId, PropertyId, RepositoryError, UserId,
};

/// Filter for journal entries. Absent fields do not filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JournalFilter {
    /// Of this booking.
    pub booking: Option<BookingId>,
    /// Of this host's bookings.
    pub host: Option<UserId>,
    /// In this currency.
    pub currency: Option<Currency>,
    /// With a non-zero amount in this account.
    pub account: Option<Account>,
}

/// A page of bookings with all related rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SnapshotPage {
    /// The bookings, in the order of their ids.
    pub snapshots: Vec<BookingSnapshot>,
    /// One finding for each booking of which a row is damaged.
    pub damaged: Vec<Finding>,
    /// The last booking of the page, damaged or not; absent on an empty page, after which there are no others.
    pub last: Option<BookingId>,
}

/// Filter for payouts. Absent fields do not filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PayoutFilter {
    /// For this host.
    pub host: Option<UserId>,
    /// In this state.
    pub status: Option<PayoutStatus>,
    /// For stays at this property.
    pub property_id: Option<PropertyId>,
}

/// A payout with its context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutView {
    /// The payout.
    pub payout: Payout,
    /// The payment it belongs to.
    pub payment_id: PaymentId,
    /// The property of the stay.
    pub property_id: PropertyId,
    /// The booking that earned it.
    pub booking_id: BookingId,
    /// The receiving host.
    pub host_id: UserId,
    /// The currency of its amounts.
    pub currency: Currency,
}

/// Balance of a host in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostBalance {
    /// The currency of all amounts.
    pub currency: Currency,
    /// Amount owed to the host by the journal: earned minus sent. Negative if the host owes.
    pub balance: Money,
    /// Sum of payouts that are scheduled or being sent.
    pub scheduled: Money,
    /// Sum of payouts sent, excluding withheld amounts.
    pub paid: Money,
    /// Debt of the host from bookings that earned less than was sent for them; never negative.
    /// Withheld from later payouts.
    pub owed: Money,
}

/// Sums of every account over the whole journal, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balances {
    /// The currency.
    pub currency: Currency,
    /// The sums per account; they add up to zero.
    pub postings: Postings,
}

/// Ledger reads. Every list is bounded, and a page takes a constant number of statements.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait LedgerQueries: Send + Sync {
    /// Journal entries, newest first.
    async fn entries(
        &self,
        filter: JournalFilter,
        page: PageRequest,
    ) -> Result<Page<JournalEntry>, RepositoryError>;

    /// Sums over the journal, one item per currency, ordered by currency code.
    async fn balances(&self) -> Result<Vec<Postings>, RepositoryError>;

    /// Balances of a host, one item per currency, ordered by currency code; empty without earnings.
    async fn host_balances(&self, host: UserId) -> Result<Vec<HostBalance>, RepositoryError>;

    /// Bookings of a host that earned less than was sent for them, oldest first, and the version of
    /// the host's account (0 if none is stored) that a payout based on them must name. Read in one
    /// transaction.
    async fn debts(
        &self,
        host: UserId,
        currency: Currency,
    ) -> Result<(Vec<HostDebt>, HostAccount), RepositoryError>;

    /// Payouts, latest due date first.
    async fn payouts(
        &self,
        filter: PayoutFilter,
        page: PageRequest,
    ) -> Result<Page<PayoutView>, RepositoryError>;

    /// Bookings with ids after this one, each with all related rows, read in one transaction. A damaged
    /// row is a finding and does not hide other bookings.
    async fn booking_snapshots(
        &self,
        after: Option<BookingId>,
        limit: u32,
    ) -> Result<SnapshotPage, RepositoryError>;

    /// Number of bookings.
    async fn count_bookings(&self) -> Result<u64, RepositoryError>;

    /// Inconsistencies not tied to a booking: ratings that differ from the mean of the published
    /// reviews, claims and journal entries without a booking, currencies whose journal does not sum
    /// to zero, damaged accounts, properties and reviews.
    async fn orphan_findings(&self) -> Result<Vec<Finding>, RepositoryError>;
}

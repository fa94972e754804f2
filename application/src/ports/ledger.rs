//! Reads of the books, for hosts, operators and the doctor.

use async_trait::async_trait;
use sojourn_domain::ledger::{Account, Debt, Dossier, Finding, JournalEntry, Postings};
use sojourn_domain::payment::{HostAccount, Payout, PayoutStatus};
use sojourn_domain::shared::{
    BookingId, Currency, Money, Page, PageRequest, PaymentId, PropertyId, StoreError, UserId,
};

/// Which entries of the journal. What is absent does not narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JournalFilter {
    /// Of this booking.
    pub booking: Option<BookingId>,
    /// Of this host's bookings.
    pub host: Option<UserId>,
    /// In this currency.
    pub currency: Option<Currency>,
    /// With an amount other than 0 in this account.
    pub moving: Option<Account>,
}

/// Which payouts. What is absent does not narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PayoutFilter {
    /// To this host.
    pub host: Option<UserId>,
    /// In this state.
    pub status: Option<PayoutStatus>,
    /// For stays in this property.
    pub property_id: Option<PropertyId>,
}

/// A payout with what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutView {
    /// The payout.
    pub payout: Payout,
    /// The payment that it is part of.
    pub payment_id: PaymentId,
    /// The property stayed in.
    pub property_id: PropertyId,
    /// The booking that earned it.
    pub booking_id: BookingId,
    /// To whom.
    pub host_id: UserId,
    /// The currency of its amounts.
    pub currency: Currency,
}

/// Where a host stands in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostBalance {
    /// The currency of all amounts.
    pub currency: Currency,
    /// What the marketplace owes the host by the journal: earned less sent. Negative when the host owes.
    pub balance: Money,
    /// The payouts that are scheduled or being sent.
    pub scheduled: Money,
    /// What was sent, withheld amounts not counted.
    pub paid: Money,
    /// What the host owes from bookings that brought less than was sent for them, never negative: withheld from
    /// later payouts.
    pub owed: Money,
}

/// Every account summed over the whole journal, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balances {
    /// The currency.
    pub currency: Currency,
    /// The sums; together they are zero.
    pub postings: Postings,
}

/// Reads of the books. Every list is bounded, and a page takes a constant number of statements.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait LedgerQueries: Send + Sync {
    /// Entries of the journal, the newest first.
    async fn entries(
        &self,
        filter: JournalFilter,
        page: PageRequest,
    ) -> Result<Page<JournalEntry>, StoreError>;

    /// The journal summed, one a currency, by the currency's code.
    async fn balances(&self) -> Result<Vec<Postings>, StoreError>;

    /// Where a host stands, one a currency, by the currency's code; none for who never earned.
    async fn host_balances(&self, host: UserId) -> Result<Vec<HostBalance>, StoreError>;

    /// The bookings of a host that brought less than was sent for them, the oldest first, and the version of
    /// the host's account (0 when none is stored) that a payout made of them names. Read in one transaction.
    async fn debts(
        &self,
        host: UserId,
        currency: Currency,
    ) -> Result<(Vec<Debt>, HostAccount), StoreError>;

    /// Payouts, the latest due first.
    async fn payouts(
        &self,
        filter: PayoutFilter,
        page: PageRequest,
    ) -> Result<Page<PayoutView>, StoreError>;

    /// Bookings by id after this one, each with all that belongs to it, read in one transaction.
    async fn dossiers(
        &self,
        after: Option<BookingId>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError>;

    /// How many bookings there are.
    async fn count_bookings(&self) -> Result<u64, StoreError>;

    /// What no dossier shows: ratings that are not the mean of the published reviews, claims and journal entries
    /// of no booking, currencies whose journal does not sum to zero.
    async fn stray_findings(&self) -> Result<Vec<Finding>, StoreError>;
}

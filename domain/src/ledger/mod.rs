//! Double-entry ledger of the guests' money: postings, settlement of a payment after a booking changed, payouts to the
//! host, and integrity checks.
//!
//! The [`FundsAllocation`] of a booking divides the guest's money between host, marketplace and
//! taxes; it is a pure function of the booking and its payment. [`derive_settlement`] is the one
//! place where money follows a booking: it compares the allocations before and after, refunds the
//! excess, schedules the payouts, and posts the difference.

pub(crate) mod booking_snapshot;
mod decision;
mod derive_entries;
pub(crate) mod funds_allocation;
#[cfg(test)]
mod goodwill_tests;
pub(crate) mod host_debts;
pub(crate) mod integrity;
#[cfg(test)]
mod integrity_tests;
#[cfg(test)]
mod ledger_proptests;
pub(crate) mod payout_schedule;
#[cfg(test)]
mod payout_tests;
pub(crate) mod settlement;
#[cfg(test)]
mod settlement_tests;
#[cfg(test)]
pub(crate) mod test_support;

pub use crate::journal::{Account, JournalEntry, PostingReason, Postings, PostingsError};
pub use booking_snapshot::{BookingSnapshot, Finding, IntegrityCheck};
pub use funds_allocation::{BookingFunds, FundsAllocation, funds_allocation, owed_to_guest};
pub use host_debts::{HostDebt, send_payout, waive_debts};
pub use integrity::check_integrity;
pub use payout_schedule::payout_schedule;
pub use settlement::{Settlement, SettlementError, derive_settlement};

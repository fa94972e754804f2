//! Ledger: balanced postings, payment changes that follow a booking, payouts, and the integrity
//! check.
//!
//! A booking's [`Position`] allocates the guest's money to its owners; it is a pure function of the
//! booking and its payment. [`settle`] is the only place where money follows a booking: it compares
//! the allocation before and after, refunds the excess, schedules payouts, and posts the
//! difference.

mod audit;
#[cfg(test)]
mod audit_tests;
mod debts;
mod decision;
mod dossier;
#[cfg(test)]
mod goodwill_tests;
mod journal;
#[cfg(test)]
mod life_tests;
#[cfg(test)]
mod payout_tests;
mod plan;
#[cfg(test)]
mod plots;
mod position;
mod posting;
mod postings;
mod settlement;
#[cfg(test)]
mod settlement_tests;
#[cfg(test)]
mod world;

pub use audit::audit;
pub use debts::{Debt, pay_out};
pub use dossier::{Check, Dossier, Finding};
pub use journal::{Cause, JournalEntry};
pub use plan::payout_plan;
pub use position::{Books, Position, owed_to_guest, position};
pub use postings::{Account, Postings, PostingsError};
pub use settlement::{Settlement, SettlementError, settle};

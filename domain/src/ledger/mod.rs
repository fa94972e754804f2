//! Whose the guests' money is: balanced postings, what follows for a payment when its booking changes, what
//! the host is paid, and the audit of it all.
//!
//! A booking's [`Position`] says what of the guest's money is whose; it is a pure function of the booking and
//! its payment. [`settle`] is the one place where money follows a booking: it compares the position before and
//! after, gives back what is too much, plans the payouts, and posts the difference.

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

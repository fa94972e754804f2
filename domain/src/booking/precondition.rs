//! Conditions of a change that changes of other aggregates can end.

use chrono::{DateTime, Utc};

/// A fact on which a decision relies and that another change can end. It is checked again when the
/// change is stored, and holds until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precondition {
    /// The property is listed.
    PropertyListed,
    /// The property is not suspended.
    PropertyNotSuspended,
    /// The guest's account is neither suspended nor erased.
    GuestActive,
    /// The unpaid holds of the guest keep within their limits at this instant (UTC).
    HoldLimits(DateTime<Utc>),
    /// In the hour before an instant, fewer cards of the guest than the limit were refused or are being charged.
    RefusedCards {
        /// The limit.
        limit: u32,
        /// The instant (UTC).
        now: DateTime<Utc>,
    },
}

//! Lifecycle of a booking: hold, payment, the host's answer, check-in, check-out, and timeouts.

mod commands;
#[cfg(test)]
#[cfg(feature = "ledger")]
mod extreme_terms_tests;
mod gateway_outcome;
pub(crate) mod hold;
pub(crate) mod hold_limits;
#[cfg(test)]
mod hold_limits_tests;
#[cfg(test)]
mod lifecycle_proptests;
#[cfg(test)]
mod lifecycle_tests;
#[cfg(test)]
mod request_tests;
pub(crate) mod state_diagram;
#[cfg(test)]
mod time_limits_tests;
pub(crate) mod timeouts;
pub(crate) mod transition_error;
pub(crate) mod transitions;
#[cfg(test)]
mod transitions_tests;

pub use hold::{HoldError, NewBooking};
pub use hold_limits::{HoldLimit, check_hold_limits, recent_holds_begin};
pub use state_diagram::state_diagram;
pub use transition_error::TransitionError;
pub use transitions::{
    BookingCommand, BookingStatus, TRANSITIONS, Transition, is_ever_allowed, next_status,
};

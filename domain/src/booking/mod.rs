//! The heart: whether a stay can be booked, what it costs, how the booking lives, what comes back when it ends.

mod availability;
mod cancellation;
#[cfg(test)]
mod cancellation_tests;
mod change;
mod curve;
mod deadlines;
mod host_fee;
mod life;
#[cfg(test)]
mod life_tests;
mod moves;
mod price;
#[cfg(test)]
mod price_tests;
mod quote;
mod record;
mod refund_policy;
mod repository;
mod transitions;

pub use availability::{NightReason, Refusal, effective_limits, night_reason, refusals};
pub use cancellation::{Refund, RefundLine};
pub use change::{BookingChange, NightsChange};
pub use curve::CurveStep;
pub use deadlines::Deadlines;
pub use host_fee::host_cancellation_fee;
pub use moves::{CancelRequest, MoveError};
pub use price::{Line, LineKind, NightPrice, Price, PriceError, Rate, night_amount, price};
pub use quote::Quote;
pub use record::{Booking, BookingRecord, Cancellation, Confirmation, HistoryEntry, NewBooking};
pub use refund_policy::RefundPolicy;
pub use repository::BookingRepository;
#[cfg(feature = "mocks")]
pub use repository::MockBookingRepository;
pub use transitions::{Command, Status, TRANSITIONS, Transition, may_ever, target};

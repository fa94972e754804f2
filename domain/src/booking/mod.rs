//! Bookings: availability, prices, life cycle, alterations, cancellation and refunds.

mod alteration;
mod alteration_end;
mod alteration_moves;
mod alteration_rules;
#[cfg(test)]
mod alteration_rules_tests;
#[cfg(test)]
mod alteration_tests;
#[cfg(test)]
mod alteration_turn_tests;
mod availability;
#[cfg(test)]
mod availability_edges;
#[cfg(test)]
mod availability_tests;
mod cancel;
mod cancellation;
#[cfg(test)]
mod cancellation_tests;
mod change;
mod claims;
mod curve;
#[cfg(test)]
mod curve_tests;
mod deadlines;
#[cfg(test)]
mod deadlines_tests;
mod hold;
mod host_fee;
#[cfg(test)]
mod host_fee_tests;
mod life;
#[cfg(test)]
mod life_tests;
#[cfg(test)]
mod life_walk_tests;
mod move_error;
mod moves;
mod night_worth;
mod price;
mod pricing;
mod quote;
mod record;
#[cfg(test)]
mod refund_cases;
mod refund_policy;
#[cfg(test)]
mod refund_policy_tests;
#[cfg(test)]
mod refund_properties;
mod refund_share;
mod refusal;
mod repository;
mod states_page;
mod transitions;
#[cfg(test)]
mod transitions_tests;

pub use alteration::{Alteration, NewAlteration};
pub use alteration_rules::alteration_refusals;
pub use availability::{
    closed_to_arrival, closed_to_departure, effective_limits, night_reason, refusals,
};
pub use cancel::CancelRequest;
pub use cancellation::{Refund, RefundLine};
pub use change::{BookingChange, NightsChange};
pub use curve::CurveStep;
pub use deadlines::Deadlines;
pub use hold::NewBooking;
pub use host_fee::host_cancellation_fee;
pub use move_error::MoveError;
pub use price::{Line, LineKind, NightPrice, Price, PriceError, Rate};
pub use pricing::{Considered, explain, night_amount, price};
pub use quote::Quote;
pub use record::{Booking, BookingRecord, Cancellation, Confirmation, HistoryEntry};
pub use refund_policy::RefundPolicy;
pub use refusal::{NightReason, Refusal};
pub use repository::BookingRepository;
#[cfg(feature = "mocks")]
pub use repository::MockBookingRepository;
pub use states_page::states_page;
pub use transitions::{Command, Status, TRANSITIONS, Transition, may_ever, target};

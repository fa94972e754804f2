//! Cancellation of a booking: refund policies, deadlines, refunds, and the fee of a host who cancels.

pub(crate) mod cancel;
pub(crate) mod deadlines;
#[cfg(test)]
mod deadlines_tests;
pub(crate) mod host_fee;
#[cfg(test)]
mod host_fee_tests;
pub(crate) mod night_allocation;
pub(crate) mod refund;
#[cfg(test)]
mod refund_lines_tests;
pub(crate) mod refund_policy;
#[cfg(test)]
mod refund_policy_tests;
#[cfg(test)]
mod refund_proptests;
pub(crate) mod refund_rule;
pub(crate) mod refund_schedule;
#[cfg(test)]
mod refund_schedule_tests;
pub(crate) mod refund_steps;
#[cfg(test)]
pub(crate) mod refund_strategies;
#[cfg(test)]
mod refund_tests;

pub use cancel::CancelRequest;
pub use deadlines::Deadlines;
pub use host_fee::host_cancellation_fee;
pub use refund::{Refund, RefundLine};
pub use refund_policy::RefundPolicy;
pub use refund_schedule::RefundTier;

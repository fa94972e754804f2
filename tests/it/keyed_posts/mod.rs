//! POST requests with an idempotency key: every operation of the API, repeated after its answer was lost.

mod bookings;
pub mod cases;
mod coverage;
mod declined_refund;
mod detached;
mod expired_hold;
mod identity;
mod lost_answers;
pub mod marketplace;
mod others;

//! Rate limits, throttling of guesses, and lockout.

mod abuse;
mod bounded_work;
mod connections;
mod lockout;
mod rate_limits;
pub mod throttling;

//! Rate limits, throttling of guesses, and lockout.

mod lockout;
mod rate_limits;
pub mod throttling;

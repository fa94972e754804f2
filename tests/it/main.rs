//! One test binary, so that it is linked once.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and plays at the time of the machine where the server does"
)]

mod architecture;
mod contract;
mod crash;
mod doctor;
mod http;
mod jobs;
mod keyed_posts;
mod permissions;
mod race;
mod redis;
mod security;
mod simulated_cards;
mod texts;
mod upgrade;

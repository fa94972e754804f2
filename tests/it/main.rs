//! One test binary, so that it is linked once.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    reason = "a test may panic, plays at the time of the machine where the server does, and tells a scenario in one piece"
)]

mod architecture;
mod contract;
mod crash;
mod doctor;
mod graphql;
mod http;
mod jobs;
mod keyed_posts;
mod life;
mod operations;
mod permissions;
mod race;
mod redis;
mod screens;
mod security;
mod simulated_cards;
mod texts;
mod upgrade;

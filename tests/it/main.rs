//! One test binary, so that it is linked once.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and plays at the time of the machine where the server does"
)]

mod architecture;
mod cards;
mod contract;
mod doctor;
mod doors;
mod http;
mod kill;
mod permissions;
mod race;
mod redis;

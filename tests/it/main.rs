//! One test binary, so that it is linked once.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod architecture;
mod contract;
mod http;

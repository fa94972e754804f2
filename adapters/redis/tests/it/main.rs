//! The cache and the limits, in the process and in a real Redis: the same assertions over both.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod cache;
mod limits;
mod outage;
mod server;
mod sharing;

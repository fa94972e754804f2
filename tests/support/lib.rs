//! Support for the end-to-end tests: databases, builders, a running server and a client.
#![expect(
    clippy::unwrap_used,
    missing_docs,
    clippy::disallowed_methods,
    reason = "a test may panic, and names speak for themselves"
)]

mod accounts;
mod builders;
mod client;
mod clock;
mod database;
mod declared_problems;
mod event_stream;
mod mails;
mod raw_connection;
mod redis;
mod server;
mod simulated_gateway;
mod statement_log;

pub use accounts::{Member, PASSWORD};
pub use builders::*;
pub use client::{Answer, Client};
pub use clock::TestClock;
pub use database::{TestDatabase, databases, skipped};
pub use event_stream::{EventStream, Frame};
pub use mails::mailed_token;
pub use redis::TestRedis;
pub use server::{Server, ServerOptions, settings};
pub use simulated_gateway::{gateway_calls, recorded_calls};
pub use statement_log::StatementLog;

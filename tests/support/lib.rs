//! What the end-to-end tests share: databases, things to store in them, a running server and a client.
#![expect(
    clippy::unwrap_used,
    missing_docs,
    clippy::disallowed_methods,
    reason = "a test may panic, and names speak for themselves"
)]

mod builders;
mod client;
mod clock;
mod database;
mod mails;
mod people;
mod provider;
mod redis;
mod server;

pub use builders::*;
pub use client::{Answer, Client};
pub use clock::OtherClock;
pub use database::{TestDatabase, databases, skipped};
pub use mails::mailed_token;
pub use people::{Member, PASSWORD};
pub use provider::{payments_say, provider_did};
pub use redis::TestRedis;
pub use server::{Server, Start, settings};

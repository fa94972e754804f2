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
mod provider;
mod server;

pub use builders::*;
pub use client::{Answer, Client};
pub use clock::OtherClock;
pub use database::{TestDatabase, databases, skipped};
pub use provider::{payments_say, provider_did};
pub use server::{Server, Start, settings};

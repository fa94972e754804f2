//! What the end-to-end tests share: databases, things to store in them, a running server and a client.
#![expect(
    clippy::unwrap_used,
    missing_docs,
    clippy::disallowed_methods,
    reason = "a test may panic, and names speak for themselves"
)]

mod builders;
mod client;
mod database;

pub use builders::*;
pub use client::{Answer, Client, Server};
pub use database::{TestDatabase, databases};

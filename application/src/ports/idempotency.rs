//! Answers kept for clients that ask twice.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::StoreError;

/// Whose key it is, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The user's id, or for calls without one `METHOD path`.
    pub scope: String,
    /// What the client sent, at most 255 visible ASCII characters.
    pub key: String,
    /// SHA-256 of method, path and body, in hexadecimal.
    pub fingerprint: String,
}

/// An answer as it was first given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// The HTTP status.
    pub status: u16,
    /// The headers worth repeating (`Content-Type`, `Location`, `ETag`).
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdempotencyClaim {
    /// Nothing, or its server died 30 s ago: it is the caller's now.
    Fresh,
    /// It was answered.
    Answered(StoredResponse),
    /// It is being worked on.
    InProgress,
    /// It was used for another request.
    Reused,
}

/// Where the answers are kept: in the database, 24 hours.
#[async_trait]
pub trait IdempotencyStore: Send + Sync {
    /// Takes a key, or tells what became of it.
    async fn claim(
        &self,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> Result<IdempotencyClaim, StoreError>;

    /// Keeps the answer.
    async fn answer(&self, key: IdempotencyKey, response: StoredResponse)
    -> Result<(), StoreError>;

    /// Gives the key up without an answer, so that it can be used again.
    async fn release(&self, key: IdempotencyKey) -> Result<(), StoreError>;

    /// Forgets keys of more than 24 hours ago; returns how many.
    async fn forget_before(&self, instant: DateTime<Utc>) -> Result<u64, StoreError>;
}

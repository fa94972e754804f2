//! Stored responses for repeated requests.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::RepositoryError;

/// Scope and fingerprint of an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The user's id, or `METHOD path` for unauthenticated requests.
    pub scope: String,
    /// The client's key, at most 255 visible ASCII characters.
    pub key: String,
    /// SHA-256 of method, path and body, in hexadecimal.
    pub fingerprint: String,
}

/// The original response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// The HTTP status.
    pub status: u16,
    /// Headers to repeat (`Content-Type`, `Location`, `ETag`).
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

/// State of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdempotencyClaim {
    /// Unused, or abandoned by a crashed server for 30 s: claimed by the caller.
    Fresh,
    /// Answered with this response.
    Answered(StoredResponse),
    /// In progress.
    InProgress,
    /// Used for a different request.
    Reused,
}

/// Stores responses in the database for 24 hours.
#[async_trait]
pub trait IdempotencyStore: Send + Sync {
    /// Claims a key, or returns its state.
    async fn claim(
        &self,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> Result<IdempotencyClaim, RepositoryError>;

    /// Stores the response.
    async fn answer(
        &self,
        key: IdempotencyKey,
        response: StoredResponse,
    ) -> Result<(), RepositoryError>;

    /// Releases the key without a response, so that it can be used again.
    async fn release(&self, key: IdempotencyKey) -> Result<(), RepositoryError>;

    /// Deletes keys older than the instant (24 hours ago); returns their number.
    async fn delete_before(&self, instant: DateTime<Utc>) -> Result<u64, RepositoryError>;
}

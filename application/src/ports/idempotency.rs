//! Requests with an idempotency key: their tries, what they came to, and their answers.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sojourn_domain::payment::{GatewayCall, GatewayCallKind};
use sojourn_domain::shared::{PaymentEntryId, RepositoryError};
use uuid::Uuid;

/// Scope and fingerprint of an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The user's id, or method, path and network of a request without a token.
    pub scope: String,
    /// The client's key, at most 255 visible ASCII characters.
    pub key: String,
    /// HMAC of method, path and body under each secret of the server, the current one first.
    pub fingerprints: Vec<String>,
}

/// Kind of the resource that a request changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// An account.
    User,
    /// A property or its calendar.
    Property,
    /// A booking, with its payment if that changed too.
    Booking,
    /// A payment.
    Payment,
    /// A review.
    Review,
    /// A wish list.
    Wishlist,
    /// Background work.
    Job,
    /// Notifications only; no resource.
    Notifications,
}

/// The result of a keyed request, stored in the transaction that does its work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Kind of the resource.
    pub kind: OutcomeKind,
    /// Id of the resource; nil for [`OutcomeKind::Notifications`].
    pub id: Uuid,
    /// Gateway calls that were open after the transaction, in their stored order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<OutcomeCall>,
}

/// An open gateway call of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeCall {
    /// Kind of the call.
    pub kind: GatewayCallKind,
    /// Id of the call and of the entry that its result becomes.
    pub id: PaymentEntryId,
}

impl Outcome {
    /// An outcome without gateway calls.
    #[must_use]
    pub const fn new(kind: OutcomeKind, id: Uuid) -> Self {
        Self {
            kind,
            id,
            calls: Vec::new(),
        }
    }

    /// Adds the open calls of a payment.
    #[must_use]
    pub fn with_calls(mut self, open: &[GatewayCall]) -> Self {
        self.calls.extend(
            open.iter()
                .map(|&GatewayCall { kind, id, .. }| OutcomeCall { kind, id }),
        );
        self
    }

    /// The last charge among the calls: the one that decides the request.
    #[must_use]
    pub fn charge(&self) -> Option<PaymentEntryId> {
        let charge = self.calls.iter().rfind(|call| call.kind.is_charge());
        charge.map(|call| call.id)
    }

    /// The refunds among the calls.
    #[must_use]
    pub fn refunds(&self) -> Vec<PaymentEntryId> {
        let refunds = self
            .calls
            .iter()
            .filter(|call| call.kind == GatewayCallKind::Refund);
        refunds.map(|call| call.id).collect()
    }
}

/// One try of a request with an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Scope of the key.
    pub scope: String,
    /// The client's key.
    pub key: String,
    /// Id of this try. Only the latest try of a key may commit.
    pub id: Uuid,
    /// The outcome that an earlier try committed. This try then answers with it and changes nothing else.
    pub prior: Option<Outcome>,
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
    /// The caller is to execute the request, as this attempt: the key is unused, or its earlier try ended without a
    /// kept response or did not end within 30 s.
    Execute(Attempt),
    /// Answered with this response.
    Answered(StoredResponse),
    /// In progress.
    InProgress,
    /// Used for a different request.
    Reused,
}

/// Stores keys with their outcomes and responses in the database for 24 hours.
#[async_trait]
pub trait IdempotencyStore: Send + Sync {
    /// Claims a key for an attempt with the given id, or returns the key's state.
    async fn claim(
        &self,
        key: IdempotencyKey,
        attempt: Uuid,
        now: DateTime<Utc>,
    ) -> Result<IdempotencyClaim, RepositoryError>;

    /// Stores the response, unless a later attempt has taken over.
    async fn answer(
        &self,
        attempt: &Attempt,
        response: StoredResponse,
    ) -> Result<(), RepositoryError>;

    /// Ends the attempt without a response, so that the key can be claimed again at once. An outcome stays stored.
    async fn release(&self, attempt: &Attempt) -> Result<(), RepositoryError>;

    /// Deletes keys older than the instant (24 hours ago); returns their number.
    async fn delete_before(&self, instant: DateTime<Utc>) -> Result<u64, RepositoryError>;
}

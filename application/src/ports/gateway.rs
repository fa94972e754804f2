//! The payment provider.

use async_trait::async_trait;
use sojourn_domain::payment::{CallKind, GatewayOutcome};
use sojourn_domain::shared::{Money, PaymentId};

/// What the provider is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// Asking again with the same key does the work once and gives the first answer.
    pub idempotency_key: String,
    /// What to do.
    pub kind: CallKind,
    /// How much.
    pub amount: Money,
    /// The provider's token of the card, for a first charge.
    pub method: Option<String>,
    /// The provider's name of the earlier charge that this is about.
    pub reference: Option<String>,
    /// The host to whom a payout goes; none for everything else.
    pub account: Option<String>,
    /// The payment that it is for: the provider names it again in an answer that arrives by itself.
    pub payment: PaymentId,
}

/// The provider gave no answer. What it did is unknown until it is asked again with the same key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the payment provider does not answer: {0}")]
pub struct GatewayError(pub String);

/// Moves money. Every call has a time limit of its own.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// Authorises, captures, voids, refunds or pays out.
    async fn call(&self, charge: Charge) -> Result<GatewayOutcome, GatewayError>;
}

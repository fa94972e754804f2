//! The payment gateway.

use async_trait::async_trait;
use sojourn_domain::payment::{GatewayCallKind, GatewayOutcome};
use sojourn_domain::shared::{Money, PaymentId};

/// A request to the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayRequest {
    /// Repeating a request with the same key runs it once and returns the first result.
    pub idempotency_key: String,
    /// The operation.
    pub kind: GatewayCallKind,
    /// The amount.
    pub amount: Money,
    /// The card token, for a first charge.
    pub method: Option<String>,
    /// The gateway's reference of the earlier charge that the request refers to.
    pub reference: Option<String>,
    /// The host that receives a payout; `None` for other operations.
    pub account: Option<String>,
    /// The payment concerned; the gateway repeats it in its events.
    pub payment: PaymentId,
}

/// The gateway did not respond. The result is unknown until the request is repeated with the same
/// key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the payment provider did not respond: {0}")]
pub struct GatewayError(pub String);

/// Moves money. Implementations limit the duration of every call.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// Authorizes, captures, voids, refunds or pays out.
    async fn call(&self, request: GatewayRequest) -> Result<GatewayOutcome, GatewayError>;
}

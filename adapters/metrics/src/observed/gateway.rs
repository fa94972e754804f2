//! A payment gateway whose calls are counted.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use sojourn_application::ports::{GatewayError, GatewayRequest, PaymentGateway};
use sojourn_domain::payment::GatewayOutcome;

use super::Counters;

/// Counts calls by outcome.
pub(super) struct ObservedGateway {
    pub(super) inner: Arc<dyn PaymentGateway>,
    pub(super) counters: Arc<Counters>,
}

#[async_trait]
impl PaymentGateway for ObservedGateway {
    async fn call(&self, request: GatewayRequest) -> Result<GatewayOutcome, GatewayError> {
        let (kind, began) = (request.kind, Instant::now());
        let answer = self.inner.call(request).await;
        let outcome = match &answer {
            Ok(GatewayOutcome::Succeeded { .. }) => "succeeded",
            Ok(GatewayOutcome::Refused { .. }) => "refused",
            Err(_) => "unanswered",
        };
        self.counters
            .count_gateway_call(kind, outcome, began.elapsed());
        answer
    }
}

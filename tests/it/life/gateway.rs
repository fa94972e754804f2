//! A gateway that refuses some refunds for good and does not answer some calls at first.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use sojourn_application::ports::{GatewayError, GatewayRequest, PaymentGateway, Ports};
use sojourn_domain::ledger::{Finding, IntegrityCheck};
use sojourn_domain::payment::{GatewayCallKind, GatewayOutcome};

/// Of sixteen calls, the number of refunds that are refused, and of calls whose first try has no answer.
const REFUSED: u8 = 2;
const SILENT: u8 = 3;

struct RefusingGateway {
    inner: Arc<dyn PaymentGateway>,
    tried: Mutex<HashSet<String>>,
}

#[async_trait]
impl PaymentGateway for RefusingGateway {
    async fn call(&self, request: GatewayRequest) -> Result<GatewayOutcome, GatewayError> {
        let chance = u8::from_str_radix(&request.idempotency_key[35..], 16).unwrap();
        if request.kind == GatewayCallKind::Refund && chance < REFUSED {
            return Ok(GatewayOutcome::Refused {
                code: "refund_failed".to_owned(),
            });
        }
        let first = self
            .tried
            .lock()
            .unwrap()
            .insert(request.idempotency_key.clone());
        if first && chance >= 16 - SILENT {
            return Err(GatewayError("no answer".to_owned()));
        }
        self.inner.call(request).await
    }
}

/// Ports with such a gateway. What becomes of a call depends on its key alone.
pub fn refuses_refunds(ports: Ports) -> Ports {
    let inner = Arc::clone(&ports.gateway);
    Ports {
        gateway: Arc::new(RefusingGateway {
            inner,
            tried: Mutex::default(),
        }),
        ..ports
    }
}

/// A refused refund is owed until a later one succeeds, and reported meanwhile.
pub fn is_owed_refund(finding: &Finding) -> bool {
    finding.check == IntegrityCheck::OwedToGuest
}

//! A refund that the payment provider declined: its key has one answer, and another key tries again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use serde_json::json;
use sojourn_application::ports::{GatewayError, GatewayRequest, PaymentGateway, Ports};
use sojourn_domain::payment::{GatewayCallKind, GatewayOutcome};
use sojourn_tests::{Server, ServerOptions, databases};

use super::marketplace::{Clients, Marketplace};
use crate::contract::raw_sql::raw;
use crate::jobs::fixture::decorator;

/// A gateway that declines refunds while it is told to.
struct DecliningGateway {
    inner: Arc<dyn PaymentGateway>,
    declines: Arc<AtomicBool>,
}

#[async_trait]
impl PaymentGateway for DecliningGateway {
    async fn call(&self, request: GatewayRequest) -> Result<GatewayOutcome, GatewayError> {
        if request.kind == GatewayCallKind::Refund && self.declines.load(Ordering::SeqCst) {
            let code = "charge_disputed".to_owned();
            return Ok(GatewayOutcome::Refused { code });
        }
        self.inner.call(request).await
    }
}

#[test]
fn a_declined_refund_has_one_answer_and_another_key_tries_again() {
    for database in databases() {
        println!("on {}", database.name);
        let declines = Arc::new(AtomicBool::new(true));
        let shared = Arc::clone(&declines);
        let gateway = decorator(move |ports: Ports| Ports {
            gateway: Arc::new(DecliningGateway {
                inner: Arc::clone(&ports.gateway),
                declines: Arc::clone(&shared),
            }),
            ..ports
        });
        let server = Server::decorated(&database, ServerOptions::default(), gateway);
        let market = Marketplace::new(&server);
        let payment = market.payment_of(&market.paid("instant"));
        let clients = Clients::new(&server.url);
        let body = json!({"amount": {"amount": 1_000, "currency": "USD"}, "reason": "Noise."});
        let refund = market.by_host(format!("/v1/payments/{payment}/refunds"), body);
        let declined = |replayed: Option<&str>| {
            let answer = refund.send(&clients, "first").unwrap().expect(409);
            assert_eq!(answer.at("/code"), "refund_declined");
            assert_eq!(answer.header("idempotency-replayed"), replayed);
        };
        declined(None);
        declined(Some("true"));
        let forget = "UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL";
        raw(&database, forget).unwrap();
        declined(None);
        declines.store(false, Ordering::SeqCst);
        raw(&database, forget).unwrap();
        declined(None);
        let given = refund.send(&clients, "second").unwrap().expect(201);
        assert_eq!(given.at("/refunded/amount"), "1000");
        raw(&database, forget).unwrap();
        let again = refund.send(&clients, "second").unwrap().expect(201);
        assert_eq!(again.json(), given.json());
    }
}

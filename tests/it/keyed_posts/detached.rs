//! A client that hangs up does not cancel its change halfway, with a key or without.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use serde_json::json;
use sojourn_application::ports::{GatewayError, GatewayRequest, PaymentGateway, Ports};
use sojourn_domain::payment::GatewayOutcome;
use sojourn_tests::{PASSWORD, Server, ServerOptions, TestDatabase};

use super::marketplace::Marketplace;

const GATEWAY_TIME: Duration = Duration::from_millis(600);
const LIMIT: Duration = Duration::from_secs(20);

struct SlowGateway(Arc<dyn PaymentGateway>);

#[async_trait]
impl PaymentGateway for SlowGateway {
    async fn call(&self, request: GatewayRequest) -> Result<GatewayOutcome, GatewayError> {
        tokio::time::sleep(GATEWAY_TIME).await;
        self.0.call(request).await
    }
}

#[test]
fn a_request_whose_client_hangs_up_is_completed_and_its_answer_kept() {
    let database = TestDatabase::sqlite();
    let slow = |ports: Ports| Ports {
        gateway: Arc::new(SlowGateway(ports.gateway)),
        ..ports
    };
    let server = Server::decorated(&database, ServerOptions::default(), Arc::new(slow));
    let market = Marketplace::new(&server);
    let body = json!({"booking_id": market.held("instant"), "payment_method": "pm_card_visa"});
    let login = server.log_in(&market.guest.email, PASSWORD).expect(200);
    let token = login.at("/access_token");
    hang_up_on(
        &server,
        &token,
        "/v1/payments/",
        Some("k"),
        &body.to_string(),
    );

    let began = Instant::now();
    let answer = loop {
        let guest = &market.guest.client;
        let answer = guest.post_once("/v1/payments/", "k", &body).unwrap();
        if answer.status != 409 {
            break answer;
        }
        assert_eq!(answer.at("/code"), "idempotency_in_progress");
        assert!(began.elapsed() < LIMIT, "never answered");
        sleep(Duration::from_millis(50));
    };
    assert_eq!(answer.header("idempotency-replayed"), Some("true"));
    assert_eq!(answer.expect(201).at("/status"), "captured");
}

#[test]
fn a_refund_whose_client_hangs_up_is_made_once() {
    let database = TestDatabase::sqlite();
    let slow = |ports: Ports| Ports {
        gateway: Arc::new(SlowGateway(ports.gateway)),
        ..ports
    };
    let server = Server::decorated(&database, ServerOptions::default(), Arc::new(slow));
    let market = Marketplace::new(&server);
    let login = server.log_in(&market.host.email, PASSWORD).expect(200);
    let token = login.at("/access_token");
    let body = json!({"amount": {"amount": 1_000, "currency": "USD"}, "reason": "noise"});
    for key in [Some("k"), None] {
        let payment = market.payment_of(&market.paid("instant"));
        let path = format!("/v1/payments/{payment}/refunds");
        hang_up_on(&server, &token, &path, key, &body.to_string());
        let host = &market.host.client;
        if let Some(key) = key {
            let began = Instant::now();
            while host.post_once(&path, key, &body).unwrap().status == 409 {
                assert!(began.elapsed() < LIMIT, "never answered");
                sleep(Duration::from_millis(50));
            }
        } else {
            sleep(2 * GATEWAY_TIME);
        }
        server.wait_until_idle(LIMIT);
        let guest = &market.guest.client;
        let payment = guest.get(&format!("/v1/payments/{payment}")).expect(200);
        let payment = payment.json();
        assert_eq!(payment["refunded"]["amount"], 1_000, "{key:?}: {payment}");
    }
}

/// Sends a request and closes the connection while the gateway is called.
fn hang_up_on(server: &Server, token: &str, path: &str, key: Option<&str>, body: &str) {
    let address = server.url.trim_start_matches("http://");
    let mut socket = TcpStream::connect(address).unwrap();
    let length = body.len();
    let key = key.map_or(String::new(), |key| format!("Idempotency-Key: {key}\r\n"));
    write!(
        socket,
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         {key}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    sleep(GATEWAY_TIME / 3);
}

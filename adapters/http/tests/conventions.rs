//! What every route does alike, over a real socket.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_application::ports::{
    IdempotencyClaim, IdempotencyKey, IdempotencyStore, MockAccessTokens, MockClock, MockIds, MockJobQueue,
    MockMailer, MockOneTimeTokens, MockPasswordHasher, MockPaymentGateway, MockQueries, MockSessionStore,
    MockSigner, Ports, StoredResponse,
};
use sojourn_domain::booking::MockBookingRepository;
use sojourn_domain::payment::MockPaymentRepository;
use sojourn_domain::property::MockPropertyRepository;
use sojourn_domain::review::MockReviewRepository;
use sojourn_domain::shared::{MarketplaceTerms, StoreError};
use sojourn_domain::user::MockUserRepository;
use sojourn_http::{AppState, serve};
use uuid::Uuid;

#[derive(Default)]
struct Kept(Mutex<Vec<(IdempotencyKey, Option<StoredResponse>)>>);

#[async_trait]
impl IdempotencyStore for Kept {
    async fn claim(&self, key: IdempotencyKey, _: DateTime<Utc>) -> Result<IdempotencyClaim, StoreError> {
        let mut all = self.0.lock().unwrap();
        let same = all.iter().find(|(old, _)| old.key == key.key && old.scope == key.scope);
        Ok(match same {
            Some((old, _)) if old.fingerprint != key.fingerprint => IdempotencyClaim::Reused,
            Some((_, Some(answer))) => IdempotencyClaim::Answered(answer.clone()),
            Some((_, None)) => IdempotencyClaim::InProgress,
            None => {
                all.push((key, None));
                IdempotencyClaim::Fresh
            }
        })
    }

    async fn answer(&self, key: IdempotencyKey, response: StoredResponse) -> Result<(), StoreError> {
        let mut all = self.0.lock().unwrap();
        all.retain(|(old, _)| *old != key);
        all.push((key, Some(response)));
        Ok(())
    }

    async fn release(&self, key: IdempotencyKey) -> Result<(), StoreError> {
        self.0.lock().unwrap().retain(|(old, _)| *old != key);
        Ok(())
    }

    async fn forget_before(&self, _: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(0)
    }
}

fn ports() -> Ports {
    let mut ids = MockIds::new();
    ids.expect_uuid().returning(|| Uuid::from_u128(7));
    let mut clock = MockClock::new();
    clock.expect_now().returning(|| DateTime::UNIX_EPOCH);
    let mut queries = MockQueries::new();
    queries.expect_ping().returning(|| Err(StoreError::Unavailable("secret path".into())));
    let mut users = MockUserRepository::new();
    users.expect_by_email().returning(|_| Ok(None));
    users.expect_commit().returning(|_| Ok(()));
    let mut hasher = MockPasswordHasher::new();
    hasher.expect_hash().returning(|_| Ok("hash".into()));
    Ports {
        users: Arc::new(users),
        properties: Arc::new(MockPropertyRepository::new()),
        bookings: Arc::new(MockBookingRepository::new()),
        payments: Arc::new(MockPaymentRepository::new()),
        reviews: Arc::new(MockReviewRepository::new()),
        queries: Arc::new(queries),
        sessions: Arc::new(MockSessionStore::new()),
        one_time_tokens: Arc::new(MockOneTimeTokens::new()),
        jobs: Arc::new(MockJobQueue::new()),
        gateway: Arc::new(MockPaymentGateway::new()),
        mailer: Arc::new(MockMailer::new()),
        hasher: Arc::new(hasher),
        access_tokens: Arc::new(MockAccessTokens::new()),
        signer: Arc::new(MockSigner::new()),
        clock: Arc::new(clock),
        ids: Arc::new(ids),
        terms: Arc::new(MarketplaceTerms::default()),
    }
}

fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let state = AppState {
        ports: ports(),
        idempotency: Arc::new(Kept::default()),
        cors_origins: vec!["https://app.example".into()],
        production: true,
    };
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(serve(listener, state, std::future::pending())).unwrap();
    });
    address
}

fn ask(address: SocketAddr, head: &str, body: &str) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    write!(socket, "{head}\r\nHost: localhost\r\nConnection: close\r\n{length}\r\n{body}").unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn has(answer: &str, parts: &[&str]) {
    for part in parts {
        assert!(answer.to_lowercase().contains(&part.to_lowercase()), "no {part} in\n{answer}");
    }
}

const PROBLEM: &str = "content-type: application/problem+json";
const JSON: &str = "Content-Type: application/json";
const ANA: &str =
    r#"{"email":"ana@mail.example","password":"a long enough one","first_name":"Ana","last_name":"Ruiz"}"#;

#[test]
fn every_refusal_is_a_problem() {
    let at = start();
    let missing = ask(at, "GET /nowhere HTTP/1.1\r\nX-Request-Id: abc-1", "");
    has(
        &missing,
        &["404 ", PROBLEM, "x-request-id: abc-1", r#""request_id":"abc-1""#, r#""instance":"/nowhere""#],
    );
    has(&missing, &["nosniff", "content-security-policy", "referrer-policy", "strict-transport-security"]);
    assert!(!missing.to_lowercase().contains("\r\nserver:"));
    has(&ask(at, "GET /v1/nowhere HTTP/1.1", ""), &["404 ", PROBLEM]);
    has(&ask(at, "DELETE /v1/users/ HTTP/1.1", ""), &["405 ", PROBLEM, "allow: POST, GET, HEAD"]);
    has(&ask(at, &format!("POST /v1/users HTTP/1.1\r\n{JSON}"), "{"), &["400 ", PROBLEM, "malformed_json"]);
    has(&ask(at, "POST /v1/users HTTP/1.1\r\nContent-Type: text/plain", "{}"), &["415 ", PROBLEM]);
    let fields = ask(at, &format!("POST /v1/users/ HTTP/1.1\r\n{JSON}"), r#"{"first_name":1,"x":2}"#);
    has(&fields, &["422 ", PROBLEM, "/email", "/password", "/first_name", "/last_name", r#""/x""#]);
    has(&ask(at, "GET /v1/users HTTP/1.1", ""), &["401 ", PROBLEM, "www-authenticate: Bearer"]);
    let away = ask(at, "GET /readyz HTTP/1.1", "");
    has(&away, &["503 ", PROBLEM, "retry-after"]);
    assert!(!away.contains("secret path"));
    has(&ask(at, "GET /v1/users?limit=x HTTP/1.1\r\nAuthorization: Basic eA==", ""), &["401 ", "no-store"]);
    let large = "x".repeat(1024 * 1024 + 1);
    has(&ask(at, &format!("POST /v1/auth/login HTTP/1.1\r\n{JSON}"), &large), &["413 ", PROBLEM]);
}

#[test]
fn a_panic_is_a_problem_and_the_server_goes_on() {
    let at = start();
    let id = Uuid::from_u128(1);
    // The mock of the repository expects no call and panics.
    let answer = ask(at, &format!("GET /v1/properties/{id} HTTP/1.1"), "");
    has(&answer, &["500 ", PROBLEM, "internal_error", "nosniff", "x-request-id"]);
    has(&ask(at, "GET /livez/ HTTP/1.1", ""), &["200 OK", r#"{"status":"ok"}"#]);
    has(&ask(at, "HEAD /livez HTTP/1.1", ""), &["200 OK"]);
}

#[test]
fn a_post_asked_twice_is_done_once() {
    let at = start();
    let head = format!("POST /v1/users HTTP/1.1\r\n{JSON}\r\nIdempotency-Key: one");
    let first = ask(at, &head, ANA);
    has(&first, &["201 ", "location: /v1/users/", "etag: \"1-"]);
    let second = ask(at, &head, ANA);
    has(
        &second,
        &["201 ", "idempotency-replayed: true", "location: /v1/users/", "content-type: application/json"],
    );
    assert_eq!(first.split("\r\n\r\n").nth(1), second.split("\r\n\r\n").nth(1));
    has(&ask(at, &head, &ANA.replace("Ana", "Eva")), &["422 ", PROBLEM, "idempotency_key_reused"]);
}

#[test]
fn describes_itself() {
    let at = start();
    has(
        &ask(at, "GET /openapi.json HTTP/1.1", ""),
        &["200 OK", r#""openapi": "3.1.0""#, "/v1/users/{user_id}"],
    );
    has(&ask(at, "GET /docs/ HTTP/1.1", ""), &["307 ", "location: /docs/index.html"]);
    has(&ask(at, "GET /docs/index.html HTTP/1.1", ""), &["200 OK", "swagger"]);
    has(&ask(at, "GET /docs/nothing HTTP/1.1", ""), &["404 ", PROBLEM]);
    let zipped = ask(at, "GET /openapi.json HTTP/1.1\r\nAccept-Encoding: gzip", "");
    has(&zipped, &["content-encoding: gzip", "vary: "]);
    let short = ask(at, "GET /livez HTTP/1.1\r\nAccept-Encoding: gzip", "");
    assert!(!short.to_lowercase().contains("content-encoding"));
    let cors = ask(at, "GET /livez HTTP/1.1\r\nOrigin: https://app.example", "");
    has(&cors, &["access-control-allow-origin: https://app.example"]);
}

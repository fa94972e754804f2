//! Metrics of a server.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sojourn_tests::{Client, Server, ServerOptions, TestDatabase, databases, skipped};

use crate::security::support::fixtures::{booking_body, completed_stay, create_listing};

/// Samples by name with labels.
fn samples(text: &str) -> BTreeMap<String, f64> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let pair = |line: &str| {
        let (name, value) = line.rsplit_once(' ').unwrap();
        (name.to_owned(), value.parse().unwrap())
    };
    lines.map(pair).collect()
}

fn scrape(server: &Server) -> String {
    let address = server.metrics_addr().unwrap();
    let answer = Client::new(&format!("http://{address}")).get("/metrics");
    let answer = answer.expect(200);
    assert_eq!(
        answer.header("content-type"),
        Some("text/plain; version=0.0.4; charset=utf-8")
    );
    answer.text
}

fn with_listener(database: &TestDatabase, production: bool) -> Server {
    let secret = "kJ8s0Xv2Qm4nB7cL1zT5yR9wE3uI6oPa";
    let mut variables = vec![
        ("SOJOURN_METRICS_LISTEN", "127.0.0.1:0"),
        ("SOJOURN_SECRET", secret),
        ("SOJOURN_RATE_LIMITS", "on"),
    ];
    if production {
        variables.push(("SOJOURN_ENV", "production"));
    }
    let options = ServerOptions {
        variables: &variables,
        ..ServerOptions::default()
    };
    Server::with(database, options)
}

/// Does one of everything that is counted, and returns the ids that must not appear.
fn live(server: &Server) -> Vec<String> {
    let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
    let property = create_listing(&host, "instant");
    let completed = completed_stay(&guest, &property);
    let held = guest
        .post("/v1/bookings/", &booking_body(&property, 20, 22))
        .expect(201)
        .at("/id");
    guest.post(
        "/v1/payments/",
        &json!({"booking_id": held, "payment_method": "pm_card_chargeDeclined"}),
    );
    let email = guest.get("/v1/users/me").expect(200).at("/email");
    let wrong = json!({"email": email, "password": "four wrong lanterns"});
    server.client().post("/v1/auth/login", &wrong).expect(401);
    server.client().get("/v1/properties/").expect(200);
    server
        .client()
        .get(&format!("/v1/properties/{property}"))
        .expect(200);
    server.client().get("/nowhere/at/all").expect(404);
    vec![property, completed, held, email]
}

#[test]
fn metrics_count_what_happens_and_name_no_one() {
    for database in databases() {
        println!("on {}", database.name);
        let server = with_listener(&database, false);
        let ids = live(&server);
        let deadline = Instant::now() + Duration::from_secs(20);
        let sent = r#"sojourn_mails_total{outcome="sent"}"#;
        while samples(&scrape(&server))[sent] < 4.0
            || !samples(&scrape(&server)).contains_key(r#"sojourn_workers{kind="email"}"#)
        {
            assert!(Instant::now() < deadline, "mails are not counted");
            std::thread::sleep(Duration::from_millis(100));
        }
        let text = scrape(&server);
        for id in ids {
            assert!(!text.contains(&id), "{id} is a label");
        }
        let found = samples(&text);
        let at_least = |name: &str, least: f64| {
            let value = found.get(name).copied();
            assert!(
                value.is_some_and(|value| value >= least),
                "{name}: {value:?}"
            );
        };
        at_least(
            r#"sojourn_http_requests_total{method="POST",route="/v1/bookings",status="201"}"#,
            2.0,
        );
        at_least(
            r#"sojourn_http_requests_total{method="GET",route="unknown",status="404"}"#,
            1.0,
        );
        at_least(
            r#"sojourn_http_request_duration_seconds_count{method="GET",route="/v1/properties/{property_id}"}"#,
            1.0,
        );
        at_least(
            r#"sojourn_booking_transitions_total{from="",to="pending_payment"}"#,
            2.0,
        );
        at_least(
            r#"sojourn_booking_transitions_total{from="pending_payment",to="confirmed"}"#,
            1.0,
        );
        at_least(
            r#"sojourn_booking_transitions_total{from="checked_in",to="completed"}"#,
            1.0,
        );
        at_least(r#"sojourn_payment_entries_total{kind="capture"}"#, 1.0);
        at_least(r#"sojourn_payment_entries_total{kind="failure"}"#, 1.0);
        at_least(
            r#"sojourn_gateway_calls_total{kind="capture",outcome="succeeded"}"#,
            1.0,
        );
        at_least(
            r#"sojourn_gateway_calls_total{kind="capture",outcome="refused"}"#,
            1.0,
        );
        at_least(r#"sojourn_logins_total{outcome="succeeded"}"#, 2.0);
        at_least(r#"sojourn_logins_total{outcome="wrong_password"}"#, 1.0);
        at_least(
            r#"sojourn_rate_limit_decisions_total{decision="granted",quota="requests"}"#,
            10.0,
        );
        at_least(
            r#"sojourn_job_attempts_total{kind="email",outcome="done"}"#,
            4.0,
        );
        at_least(
            r#"sojourn_cache_lookups_total{namespace="properties",result="miss"}"#,
            1.0,
        );
        at_least(r#"sojourn_database_work_total{outcome="done"}"#, 20.0);
        at_least("sojourn_database_busy_seconds_total", 0.001);
        at_least("sojourn_database_threads", 1.0);
        at_least(r#"sojourn_workers{kind="email"}"#, 1.0);
        at_least("sojourn_holds", 1.0);
        at_least("sojourn_audit_log_lines", 1.0);
        at_least("process_resident_memory_bytes", 1_000_000.0);
        at_least("process_cpu_seconds_total", 0.01);
        let started = found["process_start_time_seconds"];
        let now = chrono::Utc::now().timestamp();
        assert!(started > 1.7e9 && started <= f64::from(i32::try_from(now).unwrap()) + 1.0);
        assert_eq!(found["sojourn_database_up"], 1.0);
        assert_eq!(found["sojourn_audit_log_intact"], 1.0);
        let version = format!(
            "sojourn_build_info{{version=\"{}\"}}",
            env!("CARGO_PKG_VERSION")
        );
        assert_eq!(found[&version], 1.0);
    }
}

#[test]
fn promtool_finds_nothing_to_mend() {
    if Command::new("promtool").arg("--version").output().is_err() {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI checks the metrics: install promtool (Debian's package prometheus)"
        );
        skipped("the check of the metrics: it needs promtool");
        return;
    }
    let server = with_listener(&TestDatabase::sqlite(), false);
    live(&server);
    let mut promtool = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text = scrape(&server);
    promtool
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = promtool.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert_eq!(String::from_utf8_lossy(&said), "");
    assert!(output.status.success());
}

#[test]
fn only_a_server_in_development_without_a_listener_shows_metrics_itself() {
    let database = TestDatabase::sqlite();
    let development = Server::start(&database);
    let shown = development.client().get("/metrics").expect(200);
    assert!(shown.text.contains("sojourn_build_info"));
    assert!(development.metrics_addr().is_none());
    development.stop();
    for production in [false, true] {
        let server = with_listener(&database, production);
        server
            .client()
            .get("/metrics")
            .expect_problem(404, "not_found");
        let listener = format!("http://{}", server.metrics_addr().unwrap());
        let elsewhere = Client::new(&listener);
        assert_eq!(elsewhere.get("/v1/properties/").status, 404);
        assert_eq!(elsewhere.post("/metrics", &Value::Null).status, 404);
    }
}

#[test]
fn the_address_of_the_metrics_stops_with_the_server() {
    let server = with_listener(&TestDatabase::sqlite(), false);
    let address = server.metrics_addr().unwrap();
    server.stop();
    let deadline = Instant::now() + Duration::from_secs(5);
    while std::net::TcpStream::connect(address).is_ok() {
        assert!(Instant::now() < deadline, "{address} is still open");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn operations_over_graphql_are_counted_by_names_of_the_schema() {
    let server = with_listener(&TestDatabase::sqlite(), false);
    let send = |document: &str| {
        let body = json!({"query": document});
        server.client().post("/graphql", &body).expect(200);
    };
    send("query Quillfeather { brambleshank: properties(first: 1) { edges { cursor } } }");
    send("{ properties(first: 101) { edges { cursor } } }");
    send("{ me { id } properties(first: 1) { edges { cursor } } }");
    send(
        "mutation { logIn(input: {email: \"a@test.example\", password: \"larkspindle\"}) { accessToken } }",
    );
    send("{ thistledown { id } }");
    send("{ thistledown { id }");
    for _ in 0..5 {
        send("{ properties(first: 2) { edges { cursor } } }");
    }
    let text = scrape(&server);
    let found = samples(&text);
    let count = |field: &str, outcome: &str| {
        let name =
            format!("sojourn_graphql_operations_total{{field=\"{field}\",outcome=\"{outcome}\"}}");
        found.get(&name).copied()
    };
    assert_eq!(count("properties", "succeeded"), Some(6.0));
    assert_eq!(count("properties", "failed"), Some(1.0));
    assert_eq!(count("several", "succeeded"), Some(1.0));
    assert_eq!(count("logIn", "failed"), Some(1.0));
    assert_eq!(count("none", "refused"), Some(2.0));
    let timed = r#"sojourn_graphql_operation_duration_seconds_count{field="properties"}"#;
    assert_eq!(found.get(timed), Some(&7.0));
    let lower = text.to_lowercase();
    for word in ["quillfeather", "brambleshank", "thistledown", "larkspindle"] {
        assert!(!lower.contains(word), "{word} is a label");
    }
}

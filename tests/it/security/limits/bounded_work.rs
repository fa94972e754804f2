//! Work is bounded by the length of the input before it begins.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sojourn_tests::{Client, Server, TestDatabase, databases};

use crate::security::support::operations::{Operation, operations};
use crate::security::support::process::Program;

/// Longest time of a refusal, with room for a busy machine; without bounds it was half a minute.
const LONGEST: Duration = Duration::from_secs(3);

/// Length of a body that is refused without being read.
const TOO_LONG: usize = 1_000_000;

/// Length of a text that fits into a body.
const LONG: usize = 60_000;

/// Longest answer, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// Stands in a body for a value that is too large.
const PLACEHOLDER: &str = "placeholder";

/// JSON values of a type that are too large, as long as fits into a body.
fn oversized(kind: &str) -> Vec<String> {
    let list = |item: &str| {
        format!(
            "[{item}{}]",
            format!(",{item}").repeat(LONG / (item.len() + 1))
        )
    };
    match kind {
        "string" => vec![format!("{:?}", "x".repeat(LONG))],
        "array" => vec![list("\"\""), list("1"), list("{}")],
        "object" => {
            let fields: Vec<_> = (0..LONG / 10).map(|n| format!("\"{n}\":1")).collect();
            vec![format!("{{{}}}", fields.join(","))]
        }
        _ => Vec::new(),
    }
}

/// JSON values that are longer than any body may be.
fn far_too_long() -> [String; 2] {
    let list = format!("[1{}]", ",1".repeat(100_000));
    [list, format!("{:?}", "x".repeat(TOO_LONG))]
}

/// Sends a request and holds its time and its answer to the bounds.
fn refuse(client: &Client, operation: &Operation, path: &str, body: Option<String>) {
    let began = Instant::now();
    let json = [("content-type", "application/json")];
    let answer = client.try_send(&operation.method, path, &json, body);
    let took = began.elapsed();
    assert!(took < LONGEST, "{}: {took:?}", operation.id);
    // A connection that is closed while an overlong body is sent is a refusal too.
    let Ok(answer) = answer else { return };
    assert!(answer.status < 500, "{}: {answer:?}", operation.id);
    let length = answer.text.len();
    assert!(length <= LONGEST_ANSWER, "{}: {length} bytes", operation.id);
}

/// Runs work while `/livez` is asked again and again; returns its longest time.
fn with_liveness(server: &Server, work: impl FnOnce()) -> Duration {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut longest = Duration::ZERO;
            while !done.load(Ordering::Relaxed) {
                let began = Instant::now();
                server.client().get("/livez").expect(200);
                longest = longest.max(began.elapsed());
                thread::sleep(Duration::from_millis(20));
            }
            longest
        });
        work();
        done.store(true, Ordering::Relaxed);
        watch.join().unwrap()
    })
}

#[test]
fn oversized_fields_and_parameters_of_every_operation_are_refused_in_time() {
    let server = Server::start(&TestDatabase::sqlite());
    let operator = server.operator();
    let longest = with_liveness(&server, || {
        let far_too_long = far_too_long();
        let mut fields = 0;
        for operation in operations(&server) {
            let path = &operation.path;
            for field in &operation.fields {
                let body = field.body(json!(PLACEHOLDER)).to_string();
                for value in oversized(&field.kind) {
                    let body = body.replace(&format!("{PLACEHOLDER:?}"), &value);
                    refuse(&operator, &operation, path, Some(body));
                    fields += 1;
                }
            }
            for body in &far_too_long {
                refuse(&operator, &operation, path, Some(body.clone()));
            }
            for name in &operation.parameters {
                for value in ["a,".repeat(3_500), "a,".repeat(100_000), "x".repeat(7_000)] {
                    let path = format!("{path}?{name}={value}");
                    refuse(&operator, &operation, &path, None);
                }
            }
        }
        assert!(fields > 200, "{fields}");
    });
    assert!(longest < LONGEST, "/livez took {longest:?}");
}

#[test]
fn a_body_with_many_faults_gets_a_short_answer() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let name = "n".repeat(500);
    let unknown: Value = (0..400).map(|n| (format!("{name}{n}"), json!(1))).collect();
    let amenities = json!({"amenities": vec!["\u{1}"; 400], "title": "\u{1}".repeat(150)});
    for body in [unknown, amenities] {
        let refused = host.post("/v1/properties", &body);
        assert!(refused.text.len() <= LONGEST_ANSWER);
        let refused = refused.expect(422).json();
        let errors = refused["errors"].as_array().unwrap();
        assert!(errors.len() <= 100, "{}", errors.len());
        for error in errors {
            let pointer = error["pointer"].as_str().unwrap();
            assert!(pointer.chars().count() <= 101, "{pointer}");
        }
    }
    let query: String = (0..900).map(|n| format!("p{n}=1&")).collect();
    let refused = host.get(&format!("/v1/properties?{query}")).expect(422);
    let refused = refused.json();
    assert_eq!(refused["errors"].as_array().unwrap().len(), 100);
    let query: String = format!("{}=1", "p".repeat(5_000));
    let refused = host.get(&format!("/v1/properties?{query}")).expect(422);
    assert!(refused.text.len() < 1_000, "{}", refused.text.len());
}

#[test]
fn a_search_takes_few_amenities_in_one_subquery() {
    for database in databases() {
        let server = Server::start(&database);
        let words = |count: u32| (0..count).map(|n| format!("a{n}")).collect::<Vec<_>>();
        let search = |words: &[String]| {
            let path = format!("/v1/properties?amenities={}", words.join(","));
            server.client().get(&path)
        };
        let began = Instant::now();
        search(&words(30)).expect(200);
        assert!(began.elapsed() < LONGEST, "{:?}", began.elapsed());
        search(&words(31)).expect(422);
        search(&vec!["wifi".to_owned(); 190]).expect(200);
    }
}

#[test]
fn oversized_requests_without_a_token_leave_no_memory_behind() {
    let mut program = Program::run(&["serve"], &[("SOJOURN_RATE_LIMITS", "off")]);
    let url = program.url();
    let client = Client::new(&url);
    client.get("/livez").expect(200);
    let json = [("content-type", "application/json")];
    let before = program.resident_memory();
    for path in [
        "/v1/users",
        "/v1/auth/login",
        "/v1/auth/refresh",
        "/v1/bookings",
    ] {
        for length in [LONG, TOO_LONG, 20 * TOO_LONG] {
            let body = json!({"email": "x".repeat(length)}).to_string();
            let refused = client.try_send("POST", path, &json, Some(body));
            assert!(refused.is_err() || refused.is_ok_and(|it| it.status < 500));
        }
    }
    let grown = program.resident_memory().saturating_sub(before);
    assert!(grown < 64 * 1024 * 1024, "{grown} bytes");
    client.get("/livez").expect(200);
}

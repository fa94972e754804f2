//! The lines of the log of a server in production.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sojourn_tests::{Client, mailed_token};

use crate::security::support::process::Program;

const SECRET: &str = "Vr8kQ2mX6tW4zN9cB3yL7pJ5hD1gF0sA";
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PASSWORD: &str = "lantern by the harbour";

/// The lines of a path, without those of other parts of the program.
fn lines_of(log: &str, path: &str) -> Vec<Value> {
    log.lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|line| line["span"]["path"] == path && !line["status"].is_null())
        .collect()
}

/// The number of times that a member is in the text of a line.
fn times(line: &str, member: &str) -> usize {
    line.matches(&format!("\"{member}\":")).count()
}

#[test]
fn every_request_has_one_line_that_says_who_asked_for_what() {
    let mut program = Program::run(
        &["serve"],
        &[("SOJOURN_ENV", "production"), ("SOJOURN_SECRET", SECRET)],
    );
    let client = Client::new(&program.url());
    let email = "ida@test.example";
    let new =
        json!({"email": email, "password": PASSWORD, "first_name": "Ida", "last_name": "Test"});
    client.post("/v1/users/", &new).expect(201);
    let token = mailed_token(&program.folder.join("mail"), email, 0);
    client
        .post("/v1/auth/email/verify", &json!({"token": token}))
        .expect(204);
    let credentials = json!({"email": email, "password": PASSWORD});
    let login = client.post("/v1/auth/login", &credentials).expect(200);
    let member = client
        .with_token(login.at("/access_token"))
        .with_header("traceparent", format!("00-{TRACE}-00f067aa0ba902b7-01"))
        .with_header("user-agent", "Tester/1.0");
    let me = member.get("/v1/users/me").expect(200);
    // Compressed, so that its length is known at its end alone.
    let packed = client
        .send("GET", "/v1/amenities", &[("accept-encoding", "gzip")], None)
        .expect(200);
    client
        .get("/v1/properties/00000000-0000-0000-0000-000000000000")
        .expect(404);
    program.stop();
    let log = program.log();

    let lines = lines_of(&log, "/v1/users/me");
    assert_eq!(lines.len(), 1, "{log}");
    let line = &lines[0];
    assert_eq!(
        (&line["status"], &line["level"]),
        (&json!(200), &json!("INFO"))
    );
    assert_eq!(line["bytes"], json!(me.text.len()));
    assert_eq!(line["user_agent"], "Tester/1.0");
    assert_eq!(line["version"], env!("CARGO_PKG_VERSION"));
    assert!(line["millis"].as_f64().unwrap() > 0.0);
    let span = &line["span"];
    assert_eq!(span["route"], "/v1/users/me");
    assert_eq!(span["method"], "GET");
    assert_eq!(span["client"], "127.0.0.1");
    assert_eq!(span["trace_id"], TRACE);
    assert_eq!(span["user_id"], me.at("/id"));
    assert_eq!(span["request_id"], me.header("x-request-id").unwrap());
    let text = log
        .lines()
        .find(|line| line.contains("/v1/users/me") && line.contains("request completed"))
        .unwrap();
    for member in [
        "path",
        "request_id",
        "trace_id",
        "user_id",
        "status",
        "span",
    ] {
        assert_eq!(times(text, member), 1, "{member} in {text}");
    }
    assert_eq!(times(text, "spans"), 0, "{text}");

    let lines = lines_of(&log, "/v1/amenities");
    assert_eq!(lines.len(), 1);
    let sent = lines[0]["bytes"].as_u64().unwrap();
    assert!(sent > 0 && sent < packed.text.len() as u64, "{sent}");
    let missing = lines_of(&log, "/v1/properties/00000000-0000-0000-0000-000000000000");
    assert_eq!(missing[0]["code"], "not_found");
    assert_eq!(missing[0]["span"]["route"], "/v1/properties/{property_id}");
    assert!(missing[0]["span"]["user_id"].is_null());
    // A trace of its own.
    let own = missing[0]["span"]["trace_id"].as_str().unwrap();
    assert!(own.len() == 32 && own != TRACE, "{own}");
    let last: Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    assert_eq!(last["message"], "stopped");
}

#[test]
fn the_work_of_a_worker_is_logged() {
    let mut program = Program::run(
        &["serve"],
        &[("SOJOURN_ENV", "production"), ("SOJOURN_SECRET", SECRET)],
    );
    let client = Client::new(&program.url());
    let new = json!({"email": "ole@test.example", "password": PASSWORD, "first_name": "Ole", "last_name": "Test"});
    client.post("/v1/users/", &new).expect(201);
    let began = Instant::now();
    while !program.log().contains("background work done") {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "{}",
            program.log()
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    program.stop();
    let log = program.log();
    let line = log
        .lines()
        .find(|line| line.contains("background work done"))
        .unwrap();
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["kind"], "email");
    assert!(
        line["id"].is_string() && line["millis"].is_number(),
        "{line}"
    );
}

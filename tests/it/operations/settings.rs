//! The commands about settings and health, in processes of their own.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use sojourn_application::ports::{HealthCheck, Ports};
use sojourn_domain::shared::RepositoryError;
use sojourn_tests::{Client, Server, ServerOptions, TestDatabase, databases};

use crate::security::support::process::Program;

const SECRET: &str = "kJ8s0Xv2Qm4nB7cL1zT5yR9wE3uI6oPa";

#[test]
fn all_wrong_settings_stop_production_at_once_before_anything_starts() {
    let variables = [
        ("SOJOURN_ENV", "production"),
        ("SOJOURN_MAIL_URL", "mail.example"),
        ("SOJOURN_LISTEM", "127.0.0.1:1"),
        ("SOJOURN_TERMS_HOLD_MINUTES", "0"),
    ];
    for arguments in [["config", "check"].as_slice(), &["serve"], &["migrate"]] {
        let ended = Program::run(arguments, &variables).end();
        assert_eq!(ended.code, Some(1));
        assert!(
            ended.log.starts_with("error: 3 settings are wrong:\n"),
            "{}",
            ended.log
        );
        for (name, _) in &variables[1..] {
            assert!(
                ended.log.contains(&format!("\n  {name}: ")),
                "{}",
                ended.log
            );
        }
    }
}

#[test]
fn valid_settings_are_checked_and_printed_without_secrets() {
    let variables = [
        ("SOJOURN_ENV", "production"),
        ("SOJOURN_SECRET", SECRET),
        ("SOJOURN_MAIL_URL", "smtps://ana:p4ss@mail.example"),
        ("SOJOURN_PUBLIC_URL", "https://rentals.example"),
        ("DATABASE_URL", "postgres://ana:p4ss@db.example/sojourn"),
    ];
    let checked = Program::run(&["config", "check"], &variables).end();
    assert_eq!(checked.code, Some(0), "{}", checked.log);
    assert!(
        checked.said.contains("warning: payments are SIMULATED"),
        "{}",
        checked.said
    );
    assert!(
        checked.said.contains("the settings are valid"),
        "{}",
        checked.said
    );
    let printed = Program::run(&["config", "print"], &variables).end();
    let lines: Vec<_> = printed.said.lines().collect();
    for line in [
        "SOJOURN_ENV=production  # SOJOURN_ENV",
        "SOJOURN_SECRET=(hidden)  # SOJOURN_SECRET",
        "DATABASE_URL=postgres://db.example/sojourn  # DATABASE_URL",
        "SOJOURN_MAIL_URL=smtps://mail.example  # SOJOURN_MAIL_URL",
        "SOJOURN_TERMS_HOLD_MINUTES=15  # default",
    ] {
        assert!(lines.contains(&line), "{line} is not in\n{}", printed.said);
    }
    assert!(!printed.said.contains("p4ss") && !printed.said.contains(SECRET));
}

#[test]
fn health_answers_for_a_server_and_for_its_metrics() {
    for database in databases() {
        let variables = [("SOJOURN_METRICS_LISTEN", "127.0.0.1:0")];
        let options = ServerOptions {
            variables: &variables,
            ..ServerOptions::default()
        };
        let server = Server::with(&database, options);
        let main = server.url.trim_start_matches("http://").to_owned();
        let metrics = server.metrics_addr().unwrap().to_string();
        let detail = Client::new(&format!("http://{metrics}"))
            .get("/readyz")
            .expect(200);
        assert_eq!(detail.at("/status"), "ready");
        assert_eq!(detail.at("/database/pending_migrations"), "0");
        assert_eq!(detail.at("/cache/backend"), "memory");
        assert!(detail.json()["oldest_due_seconds"].is_number());
        for address in [&main, &metrics] {
            let ended = Program::run(&["health", "--address", address], &[]).end();
            assert_eq!(ended.code, Some(0), "{}", ended.log);
        }
        let ended = Program::run(&["health"], &[("SOJOURN_LISTEN", &main)]).end();
        assert_eq!(ended.code, Some(0));
        assert!(ended.said.contains(r#"{"status":"ok"}"#), "{}", ended.said);
        server.stop();
        let ended = Program::run(&["health", "--address", &main], &[]).end();
        assert_eq!(ended.code, Some(1));
        assert!(
            ended
                .log
                .contains(&format!("error: http://{main}/readyz: ")),
            "{}",
            ended.log
        );
    }
}

/// Accepts connections and never answers, like a database that hangs.
fn silent_server() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

#[test]
fn the_start_waits_for_a_database_and_says_which() {
    let (_silent, port) = silent_server();
    let url = format!("postgres://ana:p4ss@127.0.0.1:{port}/sojourn");
    for command in ["serve", "migrate", "doctor"] {
        let variables = [
            ("DATABASE_URL", url.as_str()),
            ("SOJOURN_START_TIMEOUT_SECONDS", "2"),
        ];
        let began = Instant::now();
        let ended = Program::run(&[command], &variables).end();
        assert!(began.elapsed() > Duration::from_secs(2), "{command}");
        assert_ne!(ended.code, Some(0));
        let place = format!("error: postgres://127.0.0.1:{port}/sojourn: ");
        assert!(ended.log.contains(&place), "{}", ended.log);
        assert!(
            ended.log.contains("start it, or correct DATABASE_URL"),
            "{}",
            ended.log
        );
        assert!(
            ended.log.contains("waiting for the database"),
            "{}",
            ended.log
        );
        assert!(!ended.log.contains("p4ss"), "{}", ended.log);
    }
}

#[test]
fn a_missing_database_ends_the_wait_and_says_how_to_make_it() {
    for database in databases().into_iter().filter(|it| it.name != "SQLite") {
        let (server, _) = database.url.rsplit_once('/').unwrap();
        let url = format!("{server}/sojourn_does_not_exist");
        let began = Instant::now();
        let ended = Program::run(&["migrate"], &[("DATABASE_URL", &url)]).end();
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "{:?}",
            began.elapsed()
        );
        assert_eq!(ended.code, Some(1));
        assert!(ended.log.contains("(create it"), "{}", ended.log);
        assert!(ended.log.contains("sojourn migrate"), "{}", ended.log);
    }
}

#[test]
fn a_program_older_than_the_schema_refuses_to_run() {
    for database in databases() {
        let statement =
            "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000001')";
        database.open();
        database.execute(statement).unwrap();
        for command in ["serve", "work", "migrate", "doctor"] {
            let variables = [("DATABASE_URL", database.url.as_str())];
            let ended = Program::run(&[command], &variables).end();
            assert_ne!(ended.code, Some(0), "{command}");
            let reason = "a newer version has migrated it (1 migrations are unknown to this one)";
            assert!(ended.log.contains(reason), "{command}: {}", ended.log);
        }
    }
}

/// A database that hangs.
struct Hanging;

#[async_trait]
impl HealthCheck for Hanging {
    async fn ping(&self) -> Result<(), RepositoryError> {
        std::future::pending().await
    }
}

#[test]
fn readiness_is_answered_within_two_seconds_while_the_database_hangs() {
    let hanging = |ports: Ports| Ports {
        health: Arc::new(Hanging),
        ..ports
    };
    let database = TestDatabase::sqlite();
    let server = Server::decorated(&database, ServerOptions::default(), Arc::new(hanging));
    for path in ["/readyz", "/readyz?verbose"] {
        let began = Instant::now();
        server.client().get(path).expect_problem(503, "unavailable");
        assert!(began.elapsed() < Duration::from_secs(2), "{path}");
    }
    server.client().get("/livez").expect(200);
}

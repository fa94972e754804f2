//! Runs the walk-throughs of the README.

use std::path::Path;
use std::process::Command;

use sojourn_application::user::create_admin;
use sojourn_tests::{Server, databases, skipped};

#[test]
fn walkthrough_runs_from_registration_to_review() {
    walk("walkthrough.sh", "The stay is over");
}

#[test]
fn graphql_walkthrough_runs_from_registration_to_review() {
    walk("walkthrough-graphql.sh", "The stay is over");
}

#[test]
fn money_walkthrough_balances() {
    walk("walkthrough-money.sh", "All amounts are as expected");
}

/// Runs a script of the documentation and checks its last message.
fn walk(script: &str, done: &str) {
    for tool in ["curl", "jq"] {
        if Command::new(tool).arg("--version").output().is_err() {
            assert!(
                std::env::var_os("CI").is_none(),
                "CI walks the walk-throughs: install {tool}"
            );
            skipped(&format!("{script}: it needs {tool}"));
            return;
        }
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(script);
    let (email, password) = ("operator@test.example", "four quiet lanterns");
    for database in databases() {
        let server = Server::start(&database);
        server
            .block_on(create_admin(
                &server.ports,
                email.to_owned(),
                password.to_owned(),
            ))
            .unwrap();
        let output = Command::new("bash")
            .arg(&script)
            .env("API", &server.url)
            .env("MAIL", server.mail())
            .env("ADMIN_EMAIL", email)
            .env("ADMIN_PASSWORD", password)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "on {}:\n{said}\n{complaint}",
            database.name
        );
        assert!(said.contains(done), "{said}");
    }
}

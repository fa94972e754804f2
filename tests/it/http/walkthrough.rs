//! The walk-through of the README is walked.

use std::path::Path;
use std::process::Command;

use sojourn_tests::{Server, databases};

#[test]
fn the_walkthrough_leads_from_registration_to_review() {
    if Command::new("curl").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "CI walks the walk-through: install curl");
        eprintln!("skipped: the walk-through needs curl");
        return;
    }
    for database in databases() {
        let server = Server::start(&database);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/walkthrough.sh");
        let output = Command::new("bash")
            .arg(script)
            .env("API", &server.url)
            .env("MAIL", server.mail())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "on {}:\n{said}\n{complaint}", database.name);
        assert!(said.contains("The stay is over"), "{said}");
    }
}

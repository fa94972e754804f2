//! `sojourn doctor` accepts seeded data and reports inconsistencies.

use std::fs;
use std::process::ExitCode;

use chrono::Utc;
use clap::Parser as _;
use sojourn::cli::Cli;
use sojourn::commands::{failure_exit_code, run};
use sojourn::seed::{SeedArgs, seed};
use sojourn_domain::ledger::Account;
use sojourn_tests::{Server, TestDatabase, databases};

/// Runs SQL on a database without the program.
pub fn execute_sql(database: &TestDatabase, sql: &str) {
    try_execute_sql(database, sql).unwrap();
}

/// Runs SQL and returns the error, if any.
pub fn try_execute_sql(database: &TestDatabase, sql: &str) -> diesel::QueryResult<()> {
    database.execute(sql)
}

/// Exit code of `sojourn doctor`.
pub fn doctor_exit_code(database: &TestDatabase, server: &Server, arguments: &[&str]) -> ExitCode {
    let config = server.folder.join("doctor.toml");
    let folder = server.folder.display();
    let text = format!(
        "database_url = '{}'\ndata_dir = '{folder}'\nlog = 'off'\n",
        database.url
    );
    fs::write(&config, text).unwrap();
    let words = ["sojourn", "--config", config.to_str().unwrap(), "doctor"];
    let cli = Cli::parse_from(words.iter().chain(arguments));
    let otherwise = failure_exit_code(&cli.command);
    server.block_on(run(cli)).unwrap_or(otherwise)
}

#[test]
fn doctor_accepts_seeded_data_and_reports_corruption() {
    for database in databases() {
        let server = Server::start(&database);
        let args = SeedArgs {
            properties: 12,
            bookings: 150,
            seed: 1,
        };
        server
            .block_on(seed(args, &database.open(), Utc::now()))
            .unwrap();
        let report = server.check_integrity();
        assert_eq!(
            (report.bookings, report.findings.as_slice()),
            (150, [].as_slice()),
            "{}",
            database.name
        );
        assert!(
            report.entries > 300 && report.balances.len() > 3,
            "{report:?}"
        );
        let usd = report
            .balances
            .iter()
            .find(|it| it.currency.code() == "USD")
            .unwrap();
        assert_eq!(usd.postings.on(Account::GuestReceivable).amount(), 0);
        assert!(usd.postings.on(Account::HostPayable).amount() < 0);
        assert_eq!(doctor_exit_code(&database, &server, &[]), ExitCode::SUCCESS);

        execute_sql(
            &database,
            "DELETE FROM booked_nights WHERE booking_id IS NOT NULL AND night = (SELECT last FROM (SELECT max(night) AS last FROM booked_nights) AS nights)",
        );
        execute_sql(
            &database,
            "UPDATE properties SET rating_count = rating_count + 1 WHERE id = (SELECT id FROM (SELECT id FROM properties LIMIT 1) AS one)",
        );
        let words: Vec<_> = server
            .check_integrity()
            .findings
            .iter()
            .map(|finding| finding.check.as_str())
            .collect();
        assert!(
            words.contains(&"nights") && words.contains(&"rating"),
            "{words:?} on {}",
            database.name
        );
        assert_eq!(
            doctor_exit_code(&database, &server, &["--json"]),
            ExitCode::from(1)
        );
    }
}

#[test]
fn doctor_fails_when_it_cannot_check() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let elsewhere = TestDatabase::sqlite();
    assert_eq!(
        doctor_exit_code(&elsewhere, &server, &[]),
        ExitCode::from(2)
    );
    assert_eq!(doctor_exit_code(&database, &server, &[]), ExitCode::SUCCESS);
}

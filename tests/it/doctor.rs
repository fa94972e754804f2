//! `sojourn doctor` accepts seeded data and reports inconsistencies.

use std::fs;
use std::process::ExitCode;

use chrono::Utc;
use clap::Parser as _;
use sojourn::cli::Cli;
use sojourn::commands::{failure_exit_code, run};
use sojourn::seed::{SeedArgs, seed};
use sojourn_domain::ledger::{Account, Finding, IntegrityCheck};
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

/// Sets a column of the first row of a list of ids.
fn damage(database: &TestDatabase, table: &str, column: &str, ids: &str) {
    let sql = format!(
        "UPDATE {table} SET {column} WHERE id = (SELECT id FROM ({ids} LIMIT 1) AS damaged)"
    );
    execute_sql(database, &sql);
}

#[test]
fn a_damaged_row_is_reported_and_hides_no_other() {
    for database in databases() {
        let server = Server::start(&database);
        let args = SeedArgs {
            properties: 4,
            bookings: 40,
            seed: 2,
        };
        server
            .block_on(seed(args, &database.open(), Utc::now()))
            .unwrap();
        let by_id = |table: &str| format!("SELECT id FROM {table} ORDER BY id");
        let paid = "SELECT payment_id AS id FROM payouts ORDER BY booking_id DESC";
        let nights = "preparation_nights = 9";
        damage(&database, "bookings", nights, &by_id("bookings"));
        damage(&database, "payments", "currency = 'KWD'", paid);
        damage(
            &database,
            "properties",
            "details = '{}'",
            &by_id("properties"),
        );
        let erased = "erased_at = created_at";
        damage(&database, "users", erased, &by_id("users"));

        let report = server.check_integrity();
        assert_eq!(report.bookings, 40, "{}", database.name);
        let is_damaged = |it: &&Finding| it.check == IntegrityCheck::Damaged;
        let damaged = report.findings.iter().filter(is_damaged);
        let damaged: Vec<_> = damaged
            .map(|it| (it.booking_id.is_some(), it.detail.as_str()))
            .collect();
        let expected = [
            (true, " of bookings is damaged: preparation_nights is 9: "),
            (true, " of payments is damaged: payouts.amount is "),
            (false, " of users is damaged: email_verified is set: "),
            (false, " of properties is damaged: missing field "),
        ];
        assert_eq!(damaged.len(), expected.len(), "{damaged:#?}");
        for ((of_booking, detail), (expected, reason)) in damaged.into_iter().zip(expected) {
            assert_eq!(of_booking, expected, "{detail}");
            assert!(detail.contains(reason), "{detail}");
        }
        assert_eq!(report.findings.len(), 4, "{:#?}", report.findings);
        assert_eq!(doctor_exit_code(&database, &server, &[]), ExitCode::from(1));
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

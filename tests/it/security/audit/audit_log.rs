//! The audit log.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::Duration;

use serde_json::{Value, json};
use sojourn_domain::shared::AuditAction;
use sojourn_tests::{
    Client, Member, PASSWORD, Server, TestDatabase, databases, gateway_calls, recorded_calls,
};

use crate::doctor::{doctor_exit_code, try_execute_sql};
use crate::jobs::fixture::later_mail;
use crate::security::support::authenticator::enrol_second_factor;
use crate::security::support::fixtures::{act, create_listing, paid_booking};

/// All lines of the log, newest first.
pub fn log(operator: &Client) -> Vec<Value> {
    let (mut all, mut next) = (Vec::new(), String::new());
    loop {
        let page = operator
            .get(&format!("/v1/admin/audit-log?limit=50{next}"))
            .expect(200)
            .json();
        all.extend(page["data"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return all,
        }
    }
}

/// The newest line of an action on a subject.
pub fn line(operator: &Client, action: &str, kind: &str, id: &str) -> Value {
    let query = format!("action={action}&subject_kind={kind}&subject_id={id}");
    let page = operator
        .get(&format!("/v1/admin/audit-log?{query}"))
        .expect(200)
        .json();
    let line = page["data"][0].clone();
    assert!(line.is_object(), "no line about {action} of {kind} {id}");
    assert_eq!(
        (&line["subject"]["kind"], &line["subject"]["id"]),
        (&json!(kind), &json!(id))
    );
    line
}

/// The ledger matches the gateway, and ledger and audit log are consistent.
pub fn check_ledger_and_audit_log(database: &TestDatabase, server: &Server) {
    server.wait_until_idle(Duration::from_secs(30));
    assert_eq!(
        gateway_calls(&server.folder),
        server.block_on(recorded_calls(&server.ports))
    );
    let report = server.check_integrity();
    assert_eq!(
        (report.findings.as_slice(), report.audit.broken_at),
        ([].as_slice(), None),
        "{}",
        database.name
    );
    assert_eq!(doctor_exit_code(database, server, &[]), ExitCode::SUCCESS);
}

/// Performs every audited action of a member.
fn perform_account_actions(server: &Server, anna: &Member) {
    let client = server.client();
    server
        .log_in(&anna.email, "none of my passwords")
        .expect(401);
    anna.client.get("/v1/admin/users/").expect(403);
    anna.client.get("/v1/users/me/export").expect(200);
    let refresh = || {
        client.post(
            "/v1/auth/refresh",
            &json!({"refresh_token": anna.refresh_token}),
        )
    };
    refresh().expect(200);
    // Within ten seconds it would get the same successor.
    std::thread::sleep(Duration::from_secs(11));
    refresh().expect(401);
    let again = server.log_in_as(&anna.email, PASSWORD);
    let change = json!({"current_password": PASSWORD, "new_password": "five more quiet lanterns"});
    again
        .client
        .post("/v1/auth/password/change", &change)
        .expect(204);
    client
        .post("/v1/auth/password/forgot", &json!({"email": anna.email}))
        .expect(202);
    let token = server.token_about(&anna.email, "Reset your password", 0);
    let reset = json!({"token": token, "new_password": PASSWORD});
    client.post("/v1/auth/password/reset", &reset).expect(204);
    let again = server.log_in_as(&anna.email, PASSWORD).client;
    let (_, codes) = enrol_second_factor(&again);
    let code = Some(json!({"code": codes[0]}).to_string());
    again
        .send(
            "DELETE",
            "/v1/auth/totp",
            &[("content-type", "application/json")],
            code,
        )
        .expect(204);
    server
        .log_in_as(&anna.email, PASSWORD)
        .client
        .post("/v1/auth/logout", &Value::Null)
        .expect(204);
    let moved = format!("moved-{}", anna.email);
    server
        .log_in_as(&anna.email, PASSWORD)
        .client
        .post("/v1/auth/email/change", &json!({"new_email": moved}))
        .expect(202);
    let token = json!({"token": server.mailed_token(&moved, 0)});
    client
        .post("/v1/auth/email/change/confirm", &token)
        .expect(204);
    server
        .log_in_as(&moved, PASSWORD)
        .client
        .delete("/v1/users/me")
        .expect(204);
}

/// Performs every audited action of an operator.
fn perform_operator_actions(operator: &Client, host: &Member, guest: &Client) {
    let property = create_listing(&host.client, "instant");
    let reason = json!({"reason": "A test of the rules"});
    let booking = paid_booking(guest, &property, 40, 43);
    let payment = guest
        .get(&format!("/v1/bookings/{booking}"))
        .expect(200)
        .at("/payment_id");
    let refund = json!({"payment_id": payment, "amount": {"amount": 100, "currency": "USD"}, "reason": "A cold shower"});
    operator.post("/v1/admin/refunds", &refund).expect(201);
    operator
        .post(&format!("/v1/admin/bookings/{booking}/cancel"), &reason)
        .expect(200);
    let broken = paid_booking(guest, &property, 50, 53);
    act(&host.client, &broken, "cancel");
    let waiver = json!({"currency": "USD", "reason": "Paid by bank transfer"});
    operator
        .post(&format!("/v1/admin/users/{}/waive-debt", host.id), &waiver)
        .expect(200);
    operator
        .patch(
            &format!("/v1/properties/{property}"),
            &json!({"title": "Hut"}),
        )
        .expect(200);
    for verb in ["suspend", "reinstate"] {
        operator
            .post(&format!("/v1/admin/properties/{property}/{verb}"), &reason)
            .expect(200);
    }
    for verb in ["suspend", "reinstate"] {
        operator
            .post(&format!("/v1/admin/users/{}/{verb}", host.id), &reason)
            .expect(200);
    }
    operator
        .patch(
            &format!("/v1/admin/users/{}", host.id),
            &json!({"role": "admin"}),
        )
        .expect(200);
}

fn decide_about_work(server: &Server, operator: &Client) {
    let reason = json!({"reason": "A mailbox that is full"});
    for verb in ["discard", "retry"] {
        let job = later_mail(server);
        operator
            .post(&format!("/v1/admin/jobs/{job}/{verb}"), &reason)
            .expect(204);
    }
}

/// True if a line names the account and the address. Failed logins and resets have no account; the first operator is
/// created on the command line, without account and address.
fn has_actor_and_address(line: &Value) -> bool {
    let action = line["action"].as_str().unwrap();
    if line["actor_id"].is_string() {
        return line["address"] == "127.0.0.1";
    }
    match action {
        "account_changed" => line["address"].is_null(),
        "login_refused" | "password_reset" | "refresh_token_reused" => {
            line["address"] == "127.0.0.1"
        }
        _ => false,
    }
}

#[test]
fn every_audited_action_records_actor_and_address() {
    for database in databases() {
        let server = Server::start(&database);
        let (anna, host) = (server.sign_up_member("anna"), server.sign_up_member("host"));
        let operator = server.operator_member();
        perform_account_actions(&server, &anna);
        perform_operator_actions(&operator.client, &host, &server.sign_up("guest"));
        decide_about_work(&server, &operator.client);
        let query_text = log(&operator.client);
        let done: BTreeSet<_> = query_text
            .iter()
            .map(|line| line["action"].as_str().unwrap())
            .collect();
        // The worker seals the log by itself when its secret changes.
        let every = AuditAction::ALL
            .iter()
            .filter(|action| **action != AuditAction::AuditLogSealed)
            .map(|action| action.as_str());
        let missing: Vec<_> = every.filter(|word| !done.contains(word)).collect();
        assert_eq!(missing, Vec::<&str>::new(), "{}", database.name);
        let numbers: Vec<_> = query_text
            .iter()
            .rev()
            .map(|line| line["number"].as_i64().unwrap())
            .collect();
        assert!(
            numbers.iter().copied().eq(1..=numbers.len() as i64),
            "{numbers:?}"
        );
        for line in &query_text {
            assert!(has_actor_and_address(line), "{line}");
        }
        let mine = format!("/v1/admin/audit-log?actor_id={}&limit=100", operator.id);
        let mine = operator.client.get(&mine).expect(200).json()["data"]
            .as_array()
            .unwrap()
            .clone();
        assert!(mine.len() >= 8, "{mine:?}");
        assert!(
            mine.iter()
                .all(|line| line["actor_id"] == operator.id.as_str()),
            "{mine:?}"
        );
        // Lines name accounts by id only and contain no secrets.
        let text = Value::Array(query_text).to_string();
        for word in [
            &anna.email,
            &host.email,
            &anna.refresh_token,
            PASSWORD,
            "lanterns",
            "$argon2",
            "eyJ",
        ] {
            assert!(!text.contains(word), "{word} is in the log");
        }
        check_ledger_and_audit_log(&database, &server);
    }
}

#[test]
fn altered_and_missing_audit_lines_are_detected() {
    for database in databases() {
        let server = Server::start(&database);
        let operator = server.operator();
        for _ in 0..3 {
            server
                .log_in("zoe@test.example", "none of my passwords")
                .expect(401);
        }
        let whole = server.check_integrity().audit;
        assert!(whole.lines >= 5 && whole.broken_at.is_none(), "{whole:?}");
        assert_eq!(log(&operator).first().unwrap()["hash"], json!(whole.head));
        // The database rejects changes of lines.
        for sql in [
            "UPDATE audit_log SET address = '192.0.2.1' WHERE number = 2",
            "DELETE FROM audit_log WHERE number = 2",
            "DELETE FROM audit_log",
        ] {
            let refused = try_execute_sql(&database, sql).unwrap_err();
            assert!(
                refused.to_string().contains("audit"),
                "{refused} on {}",
                database.name
            );
        }
        assert_eq!(server.check_integrity().audit, whole);
        // The owner of the database can bypass that, which is detected.
        let unguard = match database.name {
            "PostgreSQL" => "ALTER TABLE audit_log DISABLE TRIGGER ALL",
            _ => "DROP TRIGGER audit_log_update; DROP TRIGGER audit_log_delete",
        };
        try_execute_sql(&database, unguard).unwrap();
        try_execute_sql(
            &database,
            "UPDATE audit_log SET address = '192.0.2.1' WHERE number = 3",
        )
        .unwrap();
        assert_eq!(
            server.check_integrity().audit.broken_at,
            Some(3),
            "{}",
            database.name
        );
        assert_eq!(doctor_exit_code(&database, &server, &[]), ExitCode::from(1));
        assert_eq!(
            doctor_exit_code(&database, &server, &["--json"]),
            ExitCode::from(1)
        );
        try_execute_sql(&database, "DELETE FROM audit_log WHERE number = 2").unwrap();
        assert_eq!(server.check_integrity().audit.broken_at, Some(2));
        // The log is still written to, and stays broken.
        server
            .log_in("zoe@test.example", "none of my passwords")
            .expect(401);
        let after = server.check_integrity().audit;
        assert_eq!((after.lines, after.broken_at), (whole.lines, Some(2)));
    }
}

//! Copying a marketplace to a database of another kind.

use serde_json::{Value, json};
use sojourn_tests::{PASSWORD, Server, TestDatabase, databases};

use crate::contract::raw_sql::raw;
use crate::security::support::process::Program;

/// A marketplace with generated bookings, and an account that has logged in, queued mails and saved a property.
fn fill(test: &TestDatabase) {
    drop(test.open());
    let seed = ["seed", "--properties", "12", "--bookings", "40"];
    let seeded = Program::run(&seed, &[("DATABASE_URL", &test.url)]).end();
    assert_eq!(seeded.code, Some(0), "{}", seeded.log);
    let server = Server::start(test);
    let new = json!({"email": "ida@test.example", "password": PASSWORD, "first_name": "Idä", "last_name": "Test"});
    server.client().post("/v1/users/", &new).expect(201);
    raw(test, "UPDATE users SET email_verified = TRUE").unwrap();
    let member = server.log_in_as("ida@test.example", PASSWORD).client;
    let listed = server.client().get("/v1/properties?limit=1").expect(200);
    let property = listed.at("/data/0/id");
    let list = member
        .post("/v1/wishlists", &json!({"name": "Lakes & “seas”"}))
        .expect(201);
    let item = format!("/v1/wishlists/{}/items/{property}", list.at("/id"));
    let note = json!({"note": "with\nthe dog 🐕"});
    member.put(&item, &note).expect(200);
    member
        .with_header("idempotency-key", "key-of-ida")
        .post("/v1/properties/", &json!({"title": "Mill"}))
        .expect(201);
    server.stop();
}

/// The marketplace as a member sees it.
fn seen(test: &TestDatabase) -> Vec<Value> {
    let server = Server::start(test);
    let member = server.log_in_as("ida@test.example", PASSWORD).client;
    let lists = member.get("/v1/wishlists").expect(200).json();
    let id = lists["data"][0]["id"].as_str().unwrap();
    let paths = [
        format!("/v1/wishlists/{id}/items?expand=property"),
        "/v1/properties?limit=100&sort=rating".to_owned(),
        "/v1/properties?host_id=me".to_owned(),
        "/v1/properties/summary".to_owned(),
    ];
    let mut all = vec![lists];
    all.extend(paths.iter().map(|path| member.get(path).expect(200).json()));
    server.stop();
    all
}

/// The counts and findings of `sojourn doctor`. The servers of this test had secrets of their own, so that the seals of
/// the audit log are not those of the check.
fn checked(test: &TestDatabase) -> Vec<String> {
    let doctor = Program::run(&["doctor"], &[("DATABASE_URL", &test.url)]).end();
    let lines = doctor.said.lines();
    let counts = lines.filter(|line| line.starts_with("checked") || line.contains("broken"));
    counts.map(ToOwned::to_owned).collect()
}

#[test]
fn a_marketplace_moves_to_every_other_kind_of_database() {
    for source in databases() {
        fill(&source);
        let (before, findings) = (seen(&source), checked(&source));
        assert_eq!(findings.len(), 2, "{findings:?}");
        for target in databases() {
            let named = format!("{} to {}", source.name, target.name);
            let copy = ["copy", "--from", &source.url, "--to", &target.url];
            let copied = Program::run(&copy, &[]).end();
            assert_eq!(copied.code, Some(0), "{named}: {}", copied.log);
            for line in ["13  properties", "40  bookings", "1  wishlist_items"] {
                assert!(copied.said.contains(line), "{named}: {}", copied.said);
            }
            assert_eq!(checked(&target), findings, "{named}");
            assert_eq!(seen(&target), before, "{named}");
            // A second copy would mix two marketplaces.
            let again = Program::run(&copy, &[]).end();
            assert_eq!(again.code, Some(1), "{named}: {}", again.said);
            assert!(again.log.contains("has rows"), "{named}: {}", again.log);
        }
    }
}

#[test]
fn a_copy_needs_a_source_and_known_databases() {
    let missing = [
        "copy",
        "--from",
        "sqlite://lost.db",
        "--to",
        "sqlite://new.db",
    ];
    let ended = Program::run(&missing, &[]).end();
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.log.contains("no database at lost.db"),
        "{}",
        ended.log
    );
    let unknown = ["copy", "--to", "oracle://db/sojourn"];
    let ended = Program::run(&unknown, &[]).end();
    assert_eq!(ended.code, Some(2));
    assert!(ended.log.contains("must be postgres://"), "{}", ended.log);
}

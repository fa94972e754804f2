//! A copy of one's data: all of one's own, and nothing of anybody else.

use serde_json::{Value, json};
use sojourn_tests::{Member, PASSWORD, Server, TestDatabase};

use super::authenticator::turned_on;
use super::lettings::{cabin, paid, stayed};

fn copy(member: &Member) -> Value {
    member.client.get("/v1/users/me/export").expect(200).json()
}

/// The ids in a list of a copy.
fn ids(copy: &Value, list: &str) -> Vec<String> {
    let rows = copy[list].as_array().unwrap().iter();
    let mut ids: Vec<_> = rows
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

/// Three people who are guests and hosts of each other.
fn town(server: &Server) -> [Member; 3] {
    ["anna", "ben", "cleo"].map(|name| {
        let member = server.join_as(name);
        let profile =
            json!({"last_name": format!("{name}sson"), "phone": format!("+4670555{:04}", name.len() * 111)});
        member.client.patch("/v1/users/me", &profile).expect(200);
        member
    })
}

#[test]
fn a_copy_holds_all_of_ones_own() {
    let server = Server::start(&TestDatabase::sqlite());
    let [anna, ben, cleo] = town(&server);
    let (hers, his) = (
        cabin(&anna.client, "instant"),
        cabin(&ben.client, "instant"),
    );
    let draft = anna
        .client
        .post("/v1/properties/", &json!({"title": "A draft"}))
        .expect(201)
        .at("/id");
    let as_guest = stayed(&anna.client, &his);
    let as_host = paid(&ben.client, &hers, 40, 43);
    let held = cleo
        .client
        .post("/v1/bookings/", &super::lettings::stay(&hers, 50, 52))
        .expect(201)
        .at("/id");
    let others = paid(&cleo.client, &his, 60, 63);
    turned_on(&anna.client);
    server.log_in(&anna.email, PASSWORD);

    let copy_of_anna = copy(&anna);
    let user = &copy_of_anna["user"];
    for (field, value) in [
        ("id", &anna.id),
        ("email", &anna.email),
        ("last_name", &"annasson".to_owned()),
    ] {
        assert_eq!(user[field], json!(value));
    }
    assert!(
        user["phone"].is_string() && user["created_at"].is_string(),
        "{user}"
    );
    assert_eq!(copy_of_anna["second_factor"], true);
    assert_eq!(copy_of_anna["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(
        ids(&copy_of_anna, "properties"),
        sorted(vec![hers.clone(), draft])
    );
    assert_eq!(
        ids(&copy_of_anna, "bookings"),
        sorted(vec![as_guest.clone(), as_host.clone(), held])
    );
    let of = |list: &str| -> Vec<String> {
        let rows = copy_of_anna[list].as_array().unwrap().iter();
        sorted(
            rows.map(|row| row["booking_id"].as_str().unwrap().to_owned())
                .collect(),
        )
    };
    assert_eq!(of("payments"), sorted(vec![as_guest.clone(), as_host]));
    assert_eq!(of("reviews"), [as_guest]);
    // Her own place is there as she wrote it.
    assert!(
        copy_of_anna.to_string().contains("1 Lake Road")
            && copy_of_anna.to_string().contains("42.65258")
    );
    assert_eq!(ids(&copy(&cleo), "properties"), [] as [&str; 0]);
    assert!(ids(&copy(&cleo), "bookings").contains(&others));
}

#[test]
fn a_copy_holds_nothing_of_anybody_else_and_no_secret() {
    let server = Server::start(&TestDatabase::sqlite());
    let [anna, ben, cleo] = town(&server);
    let (hers, his) = (
        cabin(&anna.client, "instant"),
        cabin(&ben.client, "instant"),
    );
    stayed(&ben.client, &hers);
    let others = paid(&cleo.client, &his, 60, 63);
    let (app, codes) = turned_on(&anna.client);
    let text = copy(&anna).to_string();
    for other in [&ben, &cleo] {
        let name = other.email.split('-').next().unwrap();
        for foreign in [&other.email, &format!("{name}sson")] {
            assert!(!text.contains(foreign.as_str()), "{foreign} in {text}");
        }
    }
    for foreign in ["+4670555", &others, &cleo.id, &his] {
        let own = foreign == "+4670555";
        assert_eq!(
            text.matches(foreign).count(),
            usize::from(own),
            "{foreign} in {text}"
        );
    }
    let hex: String = app.key().iter().map(|byte| format!("{byte:02x}")).collect();
    for secret in [
        "argon2",
        "password",
        "sealed",
        "token",
        "hash",
        &hex,
        &codes[0],
        &anna.refresh_token,
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn copies_are_for_the_owner_and_operators_and_are_written_down() {
    let server = Server::start(&TestDatabase::sqlite());
    let (anna, ben, operator) = (
        server.join_as("anna"),
        server.join_as("ben"),
        server.operator(),
    );
    let path = format!("/v1/users/{}/export", anna.id);
    ben.client.get(&path).expect_problem(403, "forbidden");
    server
        .client()
        .get(&path)
        .expect_problem(401, "token_missing");
    anna.client.get(&path).expect(200);
    let seen = operator.get(&path).expect(200);
    assert_eq!(seen.at("/user/email"), anna.email);
    assert!(
        seen.header("cache-control")
            .is_some_and(|it| it.contains("no-store")),
        "{:?}",
        seen.headers
    );
    let log = operator
        .get("/v1/admin/audit-log?action=data_exported")
        .expect(200)
        .json();
    assert_eq!(log["data"].as_array().unwrap().len(), 2);
}

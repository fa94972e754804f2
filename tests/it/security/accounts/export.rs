//! The export contains all data of the account and none of others.

use serde_json::{Value, json};
use sojourn_tests::{Member, PASSWORD, Server, TestDatabase};

use crate::security::support::authenticator::enrol_second_factor;
use crate::security::support::fixtures::{create_listing, paid_booking, reviewed_stay};

fn copy(member: &Member) -> Value {
    member.client.get("/v1/users/me/export").expect(200).json()
}

/// The ids in a list of an export.
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

/// Three members who are guests and hosts of each other.
fn three_members(server: &Server) -> [Member; 3] {
    ["anna", "ben", "cleo"].map(|name| {
        let member = server.sign_up_member(name);
        let profile =
            json!({"last_name": format!("{name}sson"), "phone": format!("+4670555{:04}", name.len() * 111)});
        member.client.patch("/v1/users/me", &profile).expect(200);
        member
    })
}

#[test]
fn export_contains_all_data_of_the_account() {
    let server = Server::start(&TestDatabase::sqlite());
    let [anna, ben, cleo] = three_members(&server);
    let (hers, his) = (
        create_listing(&anna.client, "instant"),
        create_listing(&ben.client, "instant"),
    );
    let draft = anna
        .client
        .post("/v1/properties/", &json!({"title": "A draft"}))
        .expect(201)
        .at("/id");
    let as_guest = reviewed_stay(&anna.client, &ben.client, &his);
    let as_host = paid_booking(&ben.client, &hers, 40, 43);
    let held = cleo
        .client
        .post(
            "/v1/bookings/",
            &crate::security::support::fixtures::booking_body(&hers, 50, 52),
        )
        .expect(201)
        .at("/id");
    let others = paid_booking(&cleo.client, &his, 60, 63);
    enrol_second_factor(&anna.client);
    server.log_in(&anna.email, PASSWORD);

    let list = anna
        .client
        .post("/v1/wishlists/", &json!({"name": "Lakes"}));
    let item = format!("/v1/wishlists/{}/items/{his}", list.expect(201).at("/id"));
    anna.client
        .put(&item, &json!({"note": "Quiet"}))
        .expect(200);

    let copy_of_anna = copy(&anna);
    assert_eq!(copy_of_anna["wishlists"][0]["name"], "Lakes");
    assert_eq!(copy_of_anna["wishlists"][0]["items"][0]["note"], "Quiet");
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
    // Own listings are exported in full.
    assert!(
        copy_of_anna.to_string().contains("1 Lake Road")
            && copy_of_anna.to_string().contains("42.65258")
    );
    assert_eq!(ids(&copy(&cleo), "properties"), [] as [&str; 0]);
    assert!(ids(&copy(&cleo), "bookings").contains(&others));
}

#[test]
fn export_contains_no_data_of_others_and_no_secrets() {
    let server = Server::start(&TestDatabase::sqlite());
    let [anna, ben, cleo] = three_members(&server);
    let (hers, his) = (
        create_listing(&anna.client, "instant"),
        create_listing(&ben.client, "instant"),
    );
    reviewed_stay(&ben.client, &anna.client, &hers);
    let others = paid_booking(&cleo.client, &his, 60, 63);
    let (app, codes) = enrol_second_factor(&anna.client);
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
fn export_is_restricted_and_recorded_in_the_audit_log() {
    let server = Server::start(&TestDatabase::sqlite());
    let (anna, ben, operator) = (
        server.sign_up_member("anna"),
        server.sign_up_member("ben"),
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

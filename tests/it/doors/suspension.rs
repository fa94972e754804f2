//! What an operator takes off, and gives back.

use serde_json::{Value, json};
use sojourn_tests::{Client, PASSWORD, Server, databases};

use super::audit::{all_is_well, line};
use super::lettings::{cabin, paid, stay};

/// Whether anybody finds a property: by its page, and by a search.
fn is_found(who: &Client, property: &str) -> bool {
    let page = who.get(&format!("/v1/properties/{property}")).status;
    let search = who
        .get("/v1/properties/?city=Albany")
        .expect(200)
        .text
        .contains(property);
    assert_eq!(
        page == 200,
        search,
        "the page is {page}, the search says {search}"
    );
    assert!(matches!(page, 200 | 404), "{page}");
    search
}

#[test]
fn what_is_suspended_is_gone_at_once_and_comes_back_by_hand() {
    for database in databases() {
        let server = Server::start(&database);
        let (host, guest, operator) = (
            server.join_as("host"),
            server.join("guest"),
            server.operator(),
        );
        let nobody = server.client();
        let (property, other) = (
            cabin(&host.client, "instant"),
            cabin(&server.join("neighbour"), "instant"),
        );
        let booking = paid(&guest, &property, 40, 43);
        let rule = |kind: &str, id: &str, verb: &str| {
            operator
                .post(
                    &format!("/v1/admin/{kind}/{id}/{verb}"),
                    &json!({"reason": "Reports of fraud"}),
                )
                .expect(200)
        };
        let strangers = |found: bool| {
            // Twice, so that it has been kept.
            for _ in 0..2 {
                assert_eq!(is_found(&nobody, &property), found, "{}", database.name);
            }
            assert!(
                is_found(&nobody, &other),
                "the neighbour's place is gone too"
            );
        };
        strangers(true);
        rule("users", &host.id, "suspend");
        strangers(false);
        host.client
            .get("/v1/users/me")
            .expect_problem(401, "token_invalid");
        server
            .log_in(&host.email, PASSWORD)
            .expect_problem(401, "bad_credentials");
        let late = stay(&property, 60, 62);
        server
            .join("late")
            .post("/v1/bookings/", &late)
            .expect_problem(404, "not_found");
        assert_eq!(
            guest
                .get(&format!("/v1/bookings/{booking}"))
                .expect(200)
                .at("/status"),
            "confirmed"
        );

        rule("users", &host.id, "reinstate");
        let host = server.log_in_as(&host.email, PASSWORD);
        strangers(false);
        let publish = |status: u16| {
            host.client
                .post(&format!("/v1/properties/{property}/publish"), &Value::Null)
                .expect(status)
        };
        publish(409);
        rule("properties", &property, "reinstate");
        strangers(false);
        publish(200);
        strangers(true);
        rule("properties", &property, "suspend");
        strangers(false);
        publish(409);
        let written = line(&operator, "property_suspended", "property", &property);
        assert_eq!(
            (&written["before"], &written["after"]),
            (&json!("listed"), &json!("suspended: Reports of fraud"))
        );
        all_is_well(&database, &server);
    }
}

//! Suspension and reinstatement of properties and accounts.

use serde_json::{Value, json};
use sojourn_tests::{Client, PASSWORD, Server, databases};

use crate::security::audit::audit_log::{check_ledger_and_audit_log, line};
use crate::security::support::fixtures::{booking_body, create_listing, paid_booking};

/// True if a property is visible on its page and in the search.
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
fn suspension_hides_listings_until_they_are_republished() {
    for database in databases() {
        let server = Server::start(&database);
        let (host, guest, operator) = (
            server.sign_up_member("host"),
            server.sign_up("guest"),
            server.operator(),
        );
        let anonymous = server.client();
        let (property, other) = (
            create_listing(&host.client, "instant"),
            create_listing(&server.sign_up("neighbour"), "instant"),
        );
        let booking = paid_booking(&guest, &property, 40, 43);
        let rule = |kind: &str, id: &str, verb: &str| {
            operator
                .post(
                    &format!("/v1/admin/{kind}/{id}/{verb}"),
                    &json!({"reason": "Reports of fraud"}),
                )
                .expect(200)
        };
        let strangers = |found: bool| {
            // Twice, so that the answer is cached.
            for _ in 0..2 {
                assert_eq!(is_found(&anonymous, &property), found, "{}", database.name);
            }
            assert!(
                is_found(&anonymous, &other),
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
        let late = booking_body(&property, 60, 62);
        server
            .sign_up("late")
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
            [&written["before"], &written["after"], &written["reason"]],
            ["listed", "suspended", "Reports of fraud"]
        );
        check_ledger_and_audit_log(&database, &server);
    }
}

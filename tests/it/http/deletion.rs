//! Deletion of properties with a history.

use std::slice::from_ref;

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Client, Server, databases};

use super::listings::{CABIN, find, publish};

fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

fn book(guest: &Client, property: &str, from: u64) -> String {
    let body = json!({
        "property_id": property, "check_in": date(from), "check_out": date(from + 3),
        "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0},
    });
    guest.post("/v1/bookings/", &body).expect(201).at("/id")
}

fn cancel(guest: &Client, booking: &str) {
    guest
        .post(&format!("/v1/bookings/{booking}/cancel"), &json!({}))
        .expect(200);
}

#[test]
fn a_property_whose_bookings_are_over_can_be_deleted() {
    for database in databases() {
        let server = Server::start(&database);
        let [host, guest, operator] = [
            server.sign_up("host"),
            server.sign_up("guest"),
            server.operator(),
        ];
        let property = publish(&host, &CABIN);
        let address = format!("/v1/properties/{property}");
        let anonymous = server.client();
        anonymous.get(&address).expect(200);
        assert_eq!(find(&anonymous, "city=albany"), from_ref(&property));
        let booking = book(&guest, &property, 30);
        host.delete(&address).expect_problem(409, "bookings_ahead");
        cancel(&guest, &booking);
        host.delete(&address).expect(204);

        // It is kept for its booking, which both sides read as before.
        for client in [&guest, &host, &operator] {
            let read = client.get(&format!("/v1/bookings/{booking}")).expect(200);
            assert_eq!(read.at("/property_id"), property);
            assert_eq!(read.at("/status"), "cancelled");
        }
        let trips = guest.get("/v1/bookings/").expect(200).json();
        assert_eq!(trips["data"].as_array().unwrap().len(), 1);

        // For everything else it is gone.
        let quote = format!(
            "{address}/quote?check_in={}&check_out={}&adults=2",
            date(40),
            date(43)
        );
        let calendar = format!("{address}/calendar?from={}&to={}", date(1), date(5));
        let reviews = format!("{address}/reviews");
        for client in [&anonymous, &guest, &host, &operator] {
            for path in [&address, &quote, &reviews] {
                client.get(path).expect_problem(404, "not_found");
            }
            assert!(find(client, "city=albany").is_empty(), "{}", database.name);
        }
        host.get(&calendar).expect(404);
        let own = host.get("/v1/users/me").expect(200).at("/id");
        assert!(find(&host, &format!("host_id={own}")).is_empty());
        let all = operator
            .get(&format!("/v1/admin/properties?host_id={own}"))
            .expect(200);
        assert_eq!(all.json()["data"], json!([]));
        host.patch(&address, &json!({"title": "Hut"})).expect(404);
        host.post(&format!("{address}/publish"), &Value::Null)
            .expect(404);
        host.delete(&address).expect(404);
        let body = json!({"property_id": property, "check_in": date(50), "check_out": date(53),
                          "guests": {"adults": 2, "children": 0, "infants": 0, "pets": 0}});
        guest.post("/v1/bookings/", &body).expect(404);
    }
}

#[test]
fn a_deletion_by_an_operator_is_recorded_with_it() {
    for database in databases() {
        let server = Server::start(&database);
        let [host, guest, operator] = [
            server.sign_up("host"),
            server.sign_up("guest"),
            server.operator(),
        ];
        let property = publish(&host, &CABIN);
        let booking = book(&guest, &property, 30);
        let address = format!("/v1/properties/{property}");
        let log = format!("/v1/admin/audit-log?subject_kind=property&subject_id={property}");
        let lines = || {
            operator.get(&log).expect(200).json()["data"]
                .as_array()
                .unwrap()
                .len()
        };
        let before = lines();
        operator
            .delete(&address)
            .expect_problem(409, "bookings_ahead");
        assert_eq!(lines(), before);
        cancel(&guest, &booking);
        operator.delete(&address).expect(204);
        assert_eq!(lines(), before + 1);
    }
}

//! A reservation whose answer was lost: its retry gets the same booking, even after the hold has expired.

use chrono::TimeDelta;
use serde_json::json;
use sojourn_tests::databases;

use super::marketplace::{Clients, Marketplace, folder, remove};
use crate::contract::raw_sql::raw;
use crate::security::support::clock::server_ahead;
use crate::security::support::fixtures::booking_body;
use crate::security::support::raw_tables::query_text;

#[test]
fn a_reservation_is_made_once_even_if_its_hold_has_expired() {
    for database in databases() {
        let folder = folder();
        let options = sojourn_tests::ServerOptions {
            folder: Some(&folder),
            ..Default::default()
        };
        let server = sojourn_tests::Server::with(&database, options);
        let market = Marketplace::new(&server);
        let body = booking_body(&market.listing("instant"), 40, 43);
        let reserve = market.by_guest("/v1/bookings/".into(), body);
        let first = reserve.send(&Clients::new(&server.url), "k").unwrap();
        let id = first.expect(201).at("/id");
        let forget = "UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL";
        raw(&database, forget).unwrap();

        let later = server_ahead(&database, &server, TimeDelta::minutes(16));
        later.wait_until_idle(std::time::Duration::from_secs(60));
        let clients = Clients::new(&later.url);
        let again = reserve.send(&clients, "k").unwrap().expect(201);
        assert_eq!(again.at("/id"), id, "{}", database.name);
        assert_eq!(again.at("/status"), "expired", "{}", database.name);
        let location = again.header("location");
        assert!(location.is_some_and(|it| it.contains(&id)), "{location:?}");
        let count = "SELECT CAST(count(*) AS TEXT) AS line FROM bookings";
        assert_eq!(query_text(&database, count), ["1"], "{}", database.name);
        // The nights are free again, so another key makes another booking.
        let other = reserve.send(&clients, "other").unwrap().expect(201);
        assert_ne!(other.at("/id"), id);
        // The same key from another account is another key.
        let host = market.by_host(reserve.path.clone(), json!({}));
        host.send(&clients, "k").unwrap().expect(422);
        drop(later);
        server.stop();
        remove(&folder);
    }
}

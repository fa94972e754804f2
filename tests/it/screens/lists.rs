//! Filters and orders of lists.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Value, json};
use sojourn_domain::booking::Booking;
use sojourn_domain::review::{ReviewRepository, Subject};
use sojourn_domain::shared::{Stay, UserId};
use sojourn_domain::user::User;
use sojourn_persistence::Database;
use sojourn_tests::{
    Client, Member, PASSWORD, Server, ServerOptions, TestClock, TestDatabase, booking_of,
    databases, insert_cabin, insert_completed_stay, insert_paid_stay, insert_user, stay,
};

use crate::contract::raw_sql::raw;
use crate::graphql::data;

/// A host and a guest with paid stays at a cabin in New York, and the ids of the stays in the order of check-in.
struct Stage {
    server: Server,
    clock: TestClock,
    database: Database,
    host: Member,
    guest: Member,
    stays: Vec<String>,
}

/// The noon of a day in July 2026, as in the builders.
fn noon(day: u32) -> chrono::DateTime<chrono::Utc> {
    let date = NaiveDate::from_ymd_opt(2026, 7, day).unwrap();
    date.and_hms_opt(12, 0, 0).unwrap().and_utc()
}

impl Stage {
    fn new(test: &TestDatabase) -> Self {
        let clock = TestClock::standing(noon(10));
        let options = ServerOptions {
            clock: Some(clock.clone()),
            no_worker: true,
            ..ServerOptions::default()
        };
        let server = Server::with(test, options);
        let database = test.open();
        let member = |name: &str| {
            let email = format!("{name}@test.example");
            let body = json!({"email": email, "password": PASSWORD, "first_name": name, "last_name": "Test"});
            server.client().post("/v1/users/", &body).expect(201);
            raw(test, "UPDATE users SET email_verified = TRUE").unwrap();
            server.log_in_as(&email, PASSWORD)
        };
        let (host, guest) = (member("hannah"), member("gus"));
        let stays = server.block_on(async {
            let (host, guest) = (
                user(&database, &host.id).await,
                user(&database, &guest.id).await,
            );
            let cabin = insert_cabin(&database, &host).await;
            let mut stays = Vec::new();
            // Stays of two nights from the 4th on; made in another order than that of their dates.
            for from in [9, 3, 6, 15, 12] {
                let nights: Stay = stay(from, from + 2);
                let booking = insert_paid_stay(&database, &cabin, &guest, nights).await;
                stays.push((from, booking));
            }
            stays.sort_by_key(|(from, _)| *from);
            let id = |(_, booking): (u64, Booking)| booking.id.to_string();
            stays.into_iter().map(id).collect()
        });
        Self {
            server,
            clock,
            database,
            host,
            guest,
            stays,
        }
    }
}

async fn user(database: &Database, id: &str) -> User {
    use sojourn_domain::user::UserRepository;
    let id = UserId::new(id.parse().unwrap());
    UserRepository::get(database, id).await.unwrap().unwrap()
}

fn ids(list: &Value) -> Vec<String> {
    let items = list["data"].as_array().unwrap().iter();
    items
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect()
}

/// All items of a list, page by page.
fn pages(client: &Client, path: &str, limit: u32) -> Vec<String> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let sign = if path.contains('?') { '&' } else { '?' };
        let page = client
            .get(&format!("{path}{sign}limit={limit}{cursor}"))
            .expect(200);
        let page = page.json();
        all.extend(ids(&page));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

#[test]
fn bookings_are_ordered_by_check_in_page_by_page() {
    for test in databases() {
        let stage = Stage::new(&test);
        let reversed: Vec<_> = stage.stays.iter().rev().cloned().collect();
        for client in [&stage.guest.client, &stage.host.client] {
            for limit in [2, 3, 100] {
                let up = pages(client, "/v1/bookings?sort=check_in", limit);
                assert_eq!(up, stage.stays, "{}", test.name);
                let down = pages(client, "/v1/bookings/?sort=-check_in", limit);
                assert_eq!(down, reversed, "{}", test.name);
            }
            let newest = pages(client, "/v1/bookings?sort=newest", 2);
            assert_eq!(newest, pages(client, "/v1/bookings", 100));
            assert_ne!(newest, reversed);
        }
        // A cursor belongs to its order.
        let first = stage.guest.client.get("/v1/bookings?sort=check_in&limit=2");
        let cursor = first.at("/next_cursor");
        let other = format!("/v1/bookings?sort=-check_in&limit=2&cursor={cursor}");
        stage
            .guest
            .client
            .get(&other)
            .expect_problem(422, "cursor_invalid");
        let operator = stage.server.operator();
        let all = pages(&operator, "/v1/admin/bookings?sort=check_in", 2);
        assert_eq!(all, stage.stays);
    }
}

#[test]
fn periods_end_at_midnight_of_the_property() {
    for test in databases() {
        let stage = Stage::new(&test);
        // Check-out is on the 6th, 9th, 12th, 15th and 18th.
        let split = |number: usize| {
            let guest = stage.server.log_in_as(&stage.guest.email, PASSWORD).client;
            let past = pages(&guest, "/v1/bookings?period=past&sort=check_in", 2);
            assert_eq!(past, stage.stays[..number], "{}", test.name);
            let role = "/v1/bookings?period=upcoming&sort=check_in&role=guest";
            let upcoming = pages(&guest, role, 2);
            assert_eq!(upcoming, stage.stays[number..], "{}", test.name);
        };
        split(2);
        for (instant, number) in [
            ("2026-07-12T03:59:59Z", 2),
            ("2026-07-12T23:00:00Z", 2),
            ("2026-07-13T03:59:59Z", 2),
            ("2026-07-13T04:00:01Z", 3),
        ] {
            stage.clock.move_to(instant.parse().unwrap());
            split(number);
        }
        // The same property in Auckland, where it is thirteenth of July already at noon of the day before in UTC.
        raw(&test, "UPDATE bookings SET zone = 'Pacific/Auckland'").unwrap();
        split(3);
        for (instant, number) in [
            ("2026-07-15T11:59:59Z", 3),
            ("2026-07-15T12:00:01Z", 4),
            ("2026-07-16T11:00:00Z", 4),
        ] {
            stage.clock.move_to(instant.parse().unwrap());
            split(number);
        }
    }
}

#[test]
fn a_list_takes_several_statuses_and_a_code() {
    for test in databases() {
        let stage = Stage::new(&test);
        let guest = &stage.guest.client;
        guest
            .post(
                &format!("/v1/bookings/{}/cancel", stage.stays[4]),
                &json!({}),
            )
            .expect(200);
        let count = |query: &str| pages(guest, &format!("/v1/bookings?{query}"), 2).len();
        assert_eq!(count("status=cancelled"), 1);
        assert_eq!(count("status=confirmed"), 4);
        assert_eq!(count("status=confirmed,cancelled"), 5);
        assert_eq!(
            count("status=confirmed,cancelled,confirmed&period=upcoming"),
            3
        );
        assert_eq!(count("status=declined,expired"), 0);
        for (query, pointer) in [
            ("status=confirmed,lost", "/status"),
            ("status=", "/status"),
            ("period=now", "/period"),
            ("sort=check_out", "/sort"),
            ("confirmation_code=short", "/confirmation_code"),
        ] {
            let refused = guest
                .get(&format!("/v1/bookings?{query}"))
                .expect_problem(422, "validation_failed");
            assert_eq!(refused.at("/errors/0/pointer"), pointer, "{query}");
            let admin = format!("/v1/admin/bookings?{query}");
            stage
                .server
                .operator()
                .get(&admin)
                .expect_problem(422, "validation_failed");
        }
        let code = "UPDATE bookings SET confirmation = REPLACE(confirmation, 'ABCDEFGHJK', 'ZYXWVTSRQP') WHERE check_in = '2026-07-16'";
        raw(&test, code).unwrap();
        let found = pages(guest, "/v1/bookings?confirmation_code=zyxwvtsrqp", 2);
        assert_eq!(found, [stage.stays[4].clone()], "{}", test.name);
        assert_eq!(count("confirmation_code=ABCDEFGHJK"), 4, "{}", test.name);
        assert_eq!(count("confirmation_code=ABCDEFGHJ2"), 0);
        let operator = stage.server.operator();
        let path = "/v1/admin/bookings?confirmation_code=ZYXWVTSRQP";
        assert_eq!(pages(&operator, path, 2), found);
        let stranger = stage.server.operator_member().client;
        assert_eq!(
            pages(&stranger, "/v1/bookings?confirmation_code=ZYXWVTSRQP", 2).len(),
            0
        );
        let document = "query($first: Int!) { bookings(first: $first, sort: CHECK_IN, filter: {
            status: [CONFIRMED, CANCELLED], period: UPCOMING, role: GUEST}) { edges { node { id } } }
            code: bookings(first: $first, filter: {confirmationCode: \"ZYXWVTSRQP\", status: CANCELLED}) { edges { node { id } } } }";
        let answer = data(guest, document, &json!({"first": 10}));
        let nodes = |list: &Value| -> Vec<String> {
            let edges = list["edges"].as_array().unwrap().iter();
            edges
                .map(|it| it["node"]["id"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(nodes(&answer["bookings"]), stage.stays[2..]);
        assert_eq!(nodes(&answer["code"]), found);
    }
}

#[test]
fn operators_list_the_reviews_of_all() {
    for test in databases() {
        let stage = Stage::new(&test);
        let (first, second) = stage.server.block_on(async {
            let host = user(&stage.database, &stage.host.id).await;
            let mut cabins = Vec::new();
            for number in 0..2_u64 {
                let cabin = insert_cabin(&stage.database, &host).await;
                let guest = insert_user(&stage.database, "reviewer").await;
                let nights = stay(20 + 3 * number, 22 + 3 * number);
                let booking = insert_completed_stay(&stage.database, &cabin, &guest, nights).await;
                for subject in [Subject::Property, Subject::Guest] {
                    let stored = booking_of(&stage.database, booking.id).await;
                    let review = super::review_of(&stored, subject, 5);
                    ReviewRepository::commit(&stage.database, review)
                        .await
                        .unwrap();
                }
                cabins.push((cabin.id.to_string(), guest.id.to_string()));
            }
            (cabins[0].clone(), cabins[1].clone())
        });
        let operator = stage.server.operator();
        let list = |query: &str| {
            let found = pages(&operator, &format!("/v1/admin/reviews?{query}"), 1);
            assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len());
            found.len()
        };
        assert_eq!(list(""), 4, "{}", test.name);
        assert_eq!(list(&format!("property_id={}", first.0)), 2);
        assert_eq!(list(&format!("reviewer_id={}", second.1)), 1);
        assert_eq!(list("subject=guest"), 2);
        let both = format!(
            "subject=guest&property_id={}&reviewer_id={}",
            first.0, stage.host.id
        );
        assert_eq!(list(&both), 1);
        let graphql = "query($id: UUID!) { anyReviews(first: 5, filter: {propertyId: $id, subject: PROPERTY}) {
            edges { node { rating reviewerId } } } }";
        let found = data(&operator, graphql, &json!({"id": second.0}));
        let edges = found["anyReviews"]["edges"].as_array().unwrap();
        assert_eq!(
            (edges.len(), &edges[0]["node"]["reviewerId"]),
            (1, &json!(second.1))
        );
        let refused = operator.get("/v1/admin/reviews?subject=host&reviewer_id=x");
        assert_eq!(
            refused.expect_problem(422, "validation_failed").json()["errors"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
        stage
            .host
            .client
            .get("/v1/admin/reviews")
            .expect_problem(403, "forbidden");
    }
}

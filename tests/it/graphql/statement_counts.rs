//! A screen over GraphQL takes a constant number of statements.

use std::collections::BTreeMap;

use chrono::Days;
use serde_json::{Value, json};
use sojourn_domain::property::Property;
use sojourn_domain::review::{Review, ReviewRepository, ReviewText, Scores};
use sojourn_domain::shared::{BookingRole, ReviewId, UserId};
use sojourn_domain::user::{User, UserRepository};
use sojourn_persistence::Database;
use sojourn_tests::{
    Client, Member, PASSWORD, Server, ServerOptions, StatementLog, TestDatabase, databases,
    insert_cabin, insert_completed_stay, insert_paid_stay, insert_request, insert_user, new_id,
    now, stay,
};

use super::data;
use crate::contract::raw_sql::raw;

/// A server without background work, one connection to its database, and the statements over it.
pub struct Stage {
    pub server: Server,
    pub database: Database,
    pub log: StatementLog,
}

impl Stage {
    pub fn new(test: &TestDatabase) -> Self {
        let log = StatementLog::of(test);
        let options = ServerOptions {
            variables: &[("SOJOURN_DATABASE_POOL", "1")],
            no_worker: true,
            ..ServerOptions::default()
        };
        Self {
            server: Server::with(test, options),
            database: test.open(),
            log,
        }
    }

    /// An account with a session.
    pub fn member(&self, test: &TestDatabase, name: &str) -> (Member, User) {
        let email = format!("{name}@test.example");
        let body =
            json!({"email": email, "password": PASSWORD, "first_name": name, "last_name": "Test"});
        self.server.client().post("/v1/users/", &body).expect(201);
        raw(test, "UPDATE users SET email_verified = TRUE").unwrap();
        let member = self.server.log_in_as(&email, PASSWORD);
        let id = UserId::new(member.id.parse().unwrap());
        let user = self
            .server
            .block_on(UserRepository::get(&self.database, id));
        (member, user.unwrap().unwrap())
    }

    /// The statements of a document, once everything that outlives a request is known; and its data.
    fn count(&self, client: &Client, document: &str, variables: &Value) -> (Vec<String>, Value) {
        data(client, document, variables);
        self.server.block_on(self.server.ports.cache.clear());
        data(client, "{ me { id } }", &json!({}));
        self.log.take();
        let found = data(client, document, variables);
        (self.log.take(), found)
    }

    /// Properties with a host each.
    pub async fn cabins(&self, count: usize) -> Vec<Property> {
        let mut all = Vec::new();
        for number in 0..count {
            let host = insert_user(&self.database, &format!("host{number}")).await;
            all.push(insert_cabin(&self.database, &host).await);
        }
        all
    }
}

fn edges(connection: &Value) -> usize {
    connection["edges"].as_array().unwrap().len()
}

/// Checks the number of statements for few rows and for many.
fn assert_constant(name: &str, most: usize, few: &[String], many: &[String]) {
    let list = many.join("\n");
    assert_eq!(few.len(), many.len(), "{name}, {}:\n{list}", few.join("\n"));
    assert!(
        many.len() <= most,
        "{name}: {} of {most}:\n{list}",
        many.len()
    );
}

const SEARCH: &str = "query($in: Date!, $out: Date!, $first: Int!) {
    properties(first: $first, search: {checkIn: $in, checkOut: $out, guests: 2}) {
        edges { node { id title total { amount } rating { average count } host { firstName isHost rating } } } } }";

const REVIEWS: &str = "query($first: Int!) { properties(first: $first) {
    edges { node { id reviews(first: 3) { edges { node { rating reviewer { firstName } property { title } } }
    pageInfo { hasNextPage } } } } } }";

#[test]
fn a_search_with_hosts_ratings_and_totals_takes_six_statements() {
    for test in databases() {
        let stage = Stage::new(&test);
        stage.server.block_on(stage.cabins(20));
        raw(&test, "UPDATE users SET email_verified = TRUE").unwrap();
        let today = stage.server.ports.clock.now().date_naive();
        let (from, to) = (today + Days::new(30), today + Days::new(33));
        let client = stage.server.client();
        let run = |first: usize| {
            let variables = json!({"in": from, "out": to, "first": first});
            let (statements, found) = stage.count(&client, SEARCH, &variables);
            assert_eq!(edges(&found["properties"]), first);
            let last = &found["properties"]["edges"][first - 1]["node"];
            assert!(last["total"]["amount"].is_number() && last["host"]["isHost"] == true);
            statements
        };
        assert_constant(test.name, 6, &run(5), &run(20));
    }
}

/// Published reviews of a property by a guest each, which no host has answered.
async fn review(stage: &Stage, property: &Property, count: u64) {
    for number in 0..count {
        let guest = insert_user(&stage.database, "reviewer").await;
        let nights = stay(40 + 3 * number, 42 + 3 * number);
        let booking = insert_completed_stay(&stage.database, property, &guest, nights).await;
        let id = ReviewId::new(new_id());
        let text = ReviewText {
            scores: Scores {
                overall: 5,
                categories: BTreeMap::default(),
            },
            public_comment: "Quiet.".to_owned(),
            private_note: None,
        };
        let written = Review::write(id, &booking, BookingRole::Guest, text, None, now()).unwrap();
        ReviewRepository::commit(&stage.database, written)
            .await
            .unwrap();
    }
}

#[test]
fn reviews_of_many_properties_are_read_together() {
    for test in databases() {
        let stage = Stage::new(&test);
        stage.server.block_on(async {
            for property in stage.cabins(20).await {
                review(&stage, &property, 4).await;
            }
        });
        raw(&test, "UPDATE reviews SET published_at = created_at").unwrap();
        let client = stage.server.client();
        let run = |first: usize| {
            let (statements, found) = stage.count(&client, REVIEWS, &json!({"first": first}));
            assert_eq!(edges(&found["properties"]), first);
            for edge in found["properties"]["edges"].as_array().unwrap() {
                let reviews = &edge["node"]["reviews"];
                assert_eq!(edges(reviews), 3, "{edge}");
                let of_property = |it: &Value| it["node"]["property"]["title"] == "Cabin";
                assert!(reviews["edges"].as_array().unwrap().iter().all(of_property));
                assert_eq!(reviews["pageInfo"]["hasNextPage"], true);
            }
            statements
        };
        assert_constant(test.name, 6, &run(5), &run(20));
        // A page of one property goes on where its first one ended.
        let one = "query($id: UUID!, $after: String) { property(id: $id) { reviews(first: 3, after: $after) {
            edges { node { id } } pageInfo { endCursor hasNextPage } } } }";
        let id = data(
            &client,
            "{ properties(first: 1) { edges { node { id } } } }",
            &json!({}),
        )["properties"]["edges"][0]["node"]["id"]
            .clone();
        let page = |after: &Value| {
            let found = data(&client, one, &json!({"id": id, "after": after}));
            found["property"]["reviews"].clone()
        };
        let first = page(&Value::Null);
        let second = page(&first["pageInfo"]["endCursor"]);
        assert_eq!((edges(&first), edges(&second)), (3, 1));
        assert_eq!(second["pageInfo"]["hasNextPage"], false);
        assert!(
            !first
                .to_string()
                .contains(second["edges"][0]["node"]["id"].as_str().unwrap())
        );
    }
}

const TRIPS: &str = "query($first: Int!) { bookings(first: $first, filter: {role: GUEST}) { edges { node {
    id status checkIn total { amount } host { firstName } property { title address { line1 } location { latitude } rating { count } }
    payment { status captured { amount } entries { kind } } ownReview { rating publicComment } } } } }";

#[test]
fn a_screen_of_trips_takes_eight_statements() {
    for test in databases() {
        let stage = Stage::new(&test);
        let (guest, user) = stage.member(&test, "gus");
        stage.server.block_on(async {
            for (number, property) in (0..).zip(stage.cabins(20).await) {
                let nights = stay(3 * number, 3 * number + 2);
                insert_paid_stay(&stage.database, &property, &user, nights).await;
            }
        });
        let run = |first: usize| {
            let variables = json!({"first": first});
            let (statements, found) = stage.count(&guest.client, TRIPS, &variables);
            assert_eq!(edges(&found["bookings"]), first);
            let trip = &found["bookings"]["edges"][first - 1]["node"];
            assert_eq!(trip["property"]["address"]["line1"], "1 Lake Road");
            assert_eq!(trip["payment"]["captured"], trip["total"]);
            assert_eq!(trip["payment"]["entries"], json!([{"kind": "CAPTURE"}]));
            statements
        };
        assert_constant(test.name, 8, &run(5), &run(20));
    }
}

const DASHBOARD: &str = "query($host: UUID!, $first: Int!) {
    me { id firstName }
    user(id: $host) { rating reviewsCount }
    properties(first: $first, search: {hostId: $host}) { edges { node { id title status rating { average count } } } }
    requests: bookings(first: $first, filter: {role: HOST, status: AWAITING_HOST}) {
        edges { node { id respondBy guest { firstName } guestProfile { firstName rating } property { title } } } }
    upcoming: bookings(first: $first, filter: {role: HOST, status: CONFIRMED}) {
        edges { node { id checkIn guest { firstName email } guestProfile { rating } property { title } } } }
    payouts(first: $first) { edges { node { amount { amount } status dueAt } } }
    payoutBalances { currency balance { amount } owed { amount } } }";

/// A paid stay of every property by a guest each, and a request for every other one.
async fn fill_host(stage: &Stage, host: &User, count: u64) {
    for number in 0..count {
        let (stays, requests) = (3 * number, 100 + 3 * number);
        let guest = insert_user(&stage.database, "guest").await;
        let cabin = insert_cabin(&stage.database, host).await;
        insert_paid_stay(&stage.database, &cabin, &guest, stay(stays, stays + 2)).await;
        let asking = insert_user(&stage.database, "asking").await;
        insert_request(&stage.database, host, &asking, stay(requests, requests + 2)).await;
    }
}

#[test]
fn a_dashboard_of_a_host_takes_twelve_statements() {
    for test in databases() {
        let stage = Stage::new(&test);
        let (host, user) = stage.member(&test, "hannah");
        stage.server.block_on(fill_host(&stage, &user, 20));
        raw(&test, "UPDATE users SET email_verified = TRUE").unwrap();
        let run = |first: usize| {
            let variables = json!({"host": host.id, "first": first});
            let (statements, found) = stage.count(&host.client, DASHBOARD, &variables);
            for list in ["properties", "requests", "upcoming", "payouts"] {
                assert_eq!(edges(&found[list]), first, "{list}: {found}");
            }
            let stay = &found["upcoming"]["edges"][0]["node"];
            assert!(stay["guest"]["email"].is_string(), "{stay}");
            let request = &found["requests"]["edges"][0]["node"];
            assert_eq!(request["guestProfile"]["firstName"], "asking");
            assert_eq!(edges(&json!({"edges": found["payoutBalances"]})), 1);
            statements
        };
        assert_constant(test.name, 12, &run(5), &run(20));
    }
}

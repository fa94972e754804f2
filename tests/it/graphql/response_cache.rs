//! Answers to public queries are cached, and show every change at once.

use serde_json::{Value, json};
use sojourn_tests::{Client, Server, TestDatabase};

use super::data;
use crate::permissions::fixture::{listed, property_body, stay_body};
use crate::redis::support::cluster::{Cluster, PATIENT};

const PAGE: &str = "query($id: UUID!) { property(id: $id) { title status rating { count } host { firstName isHost }
    reviews(first: 5) { edges { node { publicComment reviewer { firstName } } } } } }";

const SEARCH: &str =
    "query($in: Date, $out: Date) { properties(first: 10, search: {checkIn: $in, checkOut: $out}) {
    edges { node { id title host { firstName } } } } }";

/// Answers to GraphQL queries from the cache, and without it.
fn counts(operator: &Client) -> (u64, u64) {
    let report = "{ cacheReport { counts { namespace hits misses } } }";
    let report = data(operator, report, &json!({}))["cacheReport"]["counts"].clone();
    let row = report
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["namespace"] == "queries");
    let row = row.unwrap();
    (
        row["hits"].as_u64().unwrap(),
        row["misses"].as_u64().unwrap(),
    )
}

/// Sends a query until its answer is cached; that answer.
fn warm(client: &Client, operator: &Client, document: &str, variables: &Value) -> Value {
    for _ in 0..20 {
        let (hits, _) = counts(operator);
        data(client, document, variables);
        data(client, document, variables);
        let found = data(client, document, variables);
        if counts(operator).0 > hits {
            return found;
        }
    }
    panic!("{document} is not cached");
}

fn update(host: &Client, id: &str, change: &Value) {
    host.patch(&format!("/v1/properties/{id}"), change)
        .expect(200);
}

#[test]
fn cached_answers_show_every_change_at_once() {
    let server = Server::start(&TestDatabase::sqlite());
    let (host, guest, operator) = (
        server.sign_up("hannah"),
        server.sign_up("gus"),
        server.operator(),
    );
    let anonymous = server.client();
    let id = listed(&host, "instant");
    let variables = json!({"id": id});
    let page = || warm(&anonymous, &operator, PAGE, &variables)["property"].clone();
    let found = || warm(&anonymous, &operator, SEARCH, &json!({}))["properties"]["edges"].clone();
    assert_eq!(
        (&page()["title"], found().as_array().unwrap().len()),
        (&json!("Cabin"), 1)
    );

    update(&host, &id, &json!({"title": "Boathouse"}));
    let now = data(&anonymous, PAGE, &variables)["property"]["title"].clone();
    assert_eq!(
        (&now, &page()["title"]),
        (&json!("Boathouse"), &json!("Boathouse"))
    );
    assert_eq!(found()[0]["node"]["title"], "Boathouse");

    host.patch("/v1/users/me", &json!({"first_name": "Helga"}))
        .expect(200);
    assert_eq!(
        data(&anonymous, PAGE, &variables)["property"]["host"]["firstName"],
        "Helga"
    );
    assert_eq!(found()[0]["node"]["host"]["firstName"], "Helga");

    let other = listed(&host, "instant");
    assert_eq!(
        data(&anonymous, SEARCH, &json!({}))["properties"]["edges"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let booked = stay_body(&other, 40, 43);
    let dates = json!({"in": booked["check_in"], "out": booked["check_out"]});
    assert_eq!(
        warm(&anonymous, &operator, SEARCH, &dates)["properties"]["edges"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    guest.post("/v1/bookings/", &booked).expect(201);
    assert_eq!(
        data(&anonymous, SEARCH, &dates)["properties"]["edges"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    page();
    host.post(&format!("/v1/properties/{id}/unpublish"), &Value::Null)
        .expect(200);
    assert_eq!(
        data(&anonymous, PAGE, &variables),
        json!({"property": null})
    );
    warm(&anonymous, &operator, PAGE, &variables);
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    assert_eq!(
        data(&anonymous, PAGE, &variables)["property"]["status"],
        "LISTED"
    );
}

#[test]
fn reviews_and_their_authors_are_shown_as_they_are_now() {
    let (server, clock) = Server::before_midnight(&TestDatabase::sqlite());
    let (host, guest, operator) = (
        server.sign_up("hannah"),
        server.sign_up("gus"),
        server.operator(),
    );
    let anonymous = server.client();
    let id = crate::security::support::fixtures::create_listing(&host, "instant");
    let booking = crate::security::support::fixtures::paid_booking(&guest, &id, 0, 1);
    crate::security::support::fixtures::act(&guest, &booking, "check-in");
    clock.pass_midnight();
    crate::security::support::fixtures::act(&guest, &booking, "check-out");
    let variables = json!({"id": id});
    let page = || warm(&anonymous, &operator, PAGE, &variables)["property"].clone();
    assert_eq!(page()["reviews"]["edges"], json!([]));
    let review =
        |comment: &str| json!({"booking_id": booking, "rating": 4, "public_comment": comment});
    guest
        .post("/v1/reviews/", &review("A quiet place."))
        .expect(201);
    host.post("/v1/reviews/", &review("Kind guests."))
        .expect(201);
    let now = data(&anonymous, PAGE, &variables)["property"].clone();
    let shown =
        json!([{"node": {"publicComment": "A quiet place.", "reviewer": {"firstName": "gus"}}}]);
    assert_eq!(
        (&now["reviews"]["edges"], &now["rating"]["count"]),
        (&shown, &json!(1))
    );
    // The second answer after the change has another author among its tags.
    page();
    guest
        .patch("/v1/users/me", &json!({"first_name": "Gustav"}))
        .expect(200);
    let reviewer =
        &data(&anonymous, PAGE, &variables)["property"]["reviews"]["edges"][0]["node"]["reviewer"];
    assert_eq!(reviewer["firstName"], "Gustav");
}

#[test]
fn only_public_answers_of_callers_without_a_token_are_cached() {
    let server = Server::start(&TestDatabase::sqlite());
    let (host, operator) = (server.sign_up("hannah"), server.operator());
    let anonymous = server.client();
    let id = listed(&host, "instant");
    let draft = host
        .post("/v1/properties/", &property_body("instant"))
        .expect(201)
        .at("/id");
    let exact =
        "query($id: UUID!) { property(id: $id) { address { line1 } location { latitude } } }";
    let variables = json!({"id": id});
    let public = warm(&anonymous, &operator, exact, &variables);
    assert_eq!(public["property"]["address"]["line1"], Value::Null);
    let whole = data(&host, exact, &variables);
    assert_eq!(whole["property"]["address"]["line1"], "1 Lake Road");
    assert_eq!(data(&anonymous, exact, &variables), public);
    for _ in 0..3 {
        assert_eq!(
            data(&host, exact, &json!({"id": draft}))["property"]["address"]["line1"],
            "1 Lake Road"
        );
        assert_eq!(
            data(&anonymous, exact, &json!({"id": draft})),
            json!({"property": null})
        );
    }
    // Other variables, operations and fields are other answers.
    let two = "query A($id: UUID!) { property(id: $id) { title } }
        query B($id: UUID!) { property(id: $id) { status } }";
    let named = |name: &str| {
        let body = json!({"query": two, "operationName": name, "variables": variables});
        anonymous.post("/graphql", &body).expect(200).json()["data"]["property"].clone()
    };
    for _ in 0..3 {
        assert_eq!(
            (named("A"), named("B")),
            (json!({"title": "Cabin"}), json!({"status": "LISTED"}))
        );
    }
    // What depends on the time or on the caller is not cached.
    let (hits, misses) = counts(&operator);
    let dates = stay_body(&id, 40, 43);
    let calendar = "query($id: UUID!, $in: Date!, $out: Date!) { property(id: $id) { id } calendar(propertyId: $id, from: $in, to: $out) { available } }";
    let asked = json!({"id": id, "in": dates["check_in"], "out": dates["check_out"]});
    for _ in 0..3 {
        data(&anonymous, calendar, &asked);
        data(
            &anonymous,
            "{ me { id } properties(first: 1) { edges { cursor } } }",
            &json!({}),
        );
    }
    assert_eq!(counts(&operator), (hits, misses));
}

#[test]
fn changes_on_one_server_are_shown_by_the_other() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let (host, operator) = (cluster.one.sign_up("hannah"), cluster.one.operator());
    let id = listed(&host, "instant");
    let variables = json!({"id": id});
    let there = cluster.other.client();
    let reader = operator.at(&cluster.other.url);
    for title in ["Boathouse", "Cabin", "Mill"] {
        warm(&there, &reader, PAGE, &variables);
        update(&host, &id, &json!({"title": title}));
        assert_eq!(data(&there, PAGE, &variables)["property"]["title"], title);
    }
}

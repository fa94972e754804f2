//! The calendars of a host's properties in one call.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use sojourn_tests::{Client, databases, insert_cabin, insert_paid_stay, insert_user, stay};
use uuid::Uuid;

use super::expand::count;
use crate::graphql::data;
use crate::graphql::statement_counts::Stage;
use crate::permissions::fixture::{listed, property_body};

/// Dates of the stays of the builders.
const RANGE: (&str, &str) = ("2026-07-01", "2026-08-31");

fn path(ids: &[String], from: &str, to: &str) -> String {
    let ids = ids.join(",");
    format!("/v1/calendars?property_ids={ids}&from={from}&to={to}")
}

/// A host with twenty properties, each with a stay on other nights and a block with a note; and a guest.
fn stage_with_host(test: &sojourn_tests::TestDatabase) -> (Stage, Client, Vec<String>) {
    let stage = Stage::new(test);
    let (host, user) = stage.member(test, "hannah");
    let ids = stage.server.block_on(async {
        let guest = insert_user(&stage.database, "gus").await;
        let mut ids = Vec::new();
        for number in 0..20_u64 {
            let cabin = insert_cabin(&stage.database, &user).await;
            let nights = stay(20 + number, 22 + number);
            insert_paid_stay(&stage.database, &cabin, &guest, nights).await;
            ids.push(cabin.id.to_string());
        }
        ids
    });
    let (from, to) = RANGE;
    let first: NaiveDate = from.parse().unwrap();
    for (number, id) in (0..).zip(&ids) {
        let night = first + Days::new(number);
        let block = json!({"from": night, "to": night + Days::new(1), "blocked": true, "note": format!("no. {number}")});
        let calendar = format!("/v1/properties/{id}/calendar");
        host.client.put(&calendar, &block).expect(200);
    }
    host.client.get(&path(&ids, from, to)).expect(200);
    (stage, host.client, ids)
}

#[test]
fn calendars_are_those_of_each_property_in_as_many_statements_for_twenty_as_for_two() {
    for test in databases() {
        let (stage, host, mut ids) = stage_with_host(&test);
        let (from, to) = RANGE;
        ids.reverse();
        let (many, body) = count(&stage, &host, &path(&ids, from, to));
        let (few, _) = count(&stage, &host, &path(&ids[..2], from, "2026-07-03"));
        let list = many.join("\n");
        assert_eq!(many.len(), few.len(), "{}:\n{list}", test.name);
        let selects = many.iter().filter(|it| it.starts_with("SELECT"));
        assert!(selects.count() <= 4, "{}:\n{list}", test.name);
        let calendars = body["data"].as_array().unwrap();
        assert_eq!((calendars.len(), &body["next_cursor"]), (20, &Value::Null));
        let mut booked = 0;
        for (id, calendar) in ids.iter().zip(calendars) {
            assert_eq!(calendar["property_id"], json!(id));
            let one = host.get(&format!("/v1/properties/{id}/calendar?from={from}&to={to}"));
            assert_eq!(calendar["nights"], one.expect(200).json()["data"]);
            let nights = calendar["nights"].as_array().unwrap();
            let reason = |it: &&Value| it["reason"] == "booked";
            booked += nights.iter().filter(reason).count();
            let notes = nights.iter().filter(|it| it["note"].is_string());
            assert_eq!((nights.len(), notes.count()), (61, 1));
        }
        assert_eq!(booked, 40);
        let repeated = [ids[0].clone(), ids[1].clone(), ids[0].clone()];
        let twice = host.get(&path(&repeated, from, to)).expect(200).json();
        assert_eq!(twice["data"], json!(calendars[..2]));
        let graphql = "query($ids: [UUID!]!, $from: Date!, $to: Date!) { calendars(propertyIds: $ids, from: $from, to: $to) {
            propertyId nights { date available reason price { amount currency } minNights maxNights closedToArrival
            closedToDeparture note } } }";
        let asked = json!({"ids": ids, "from": from, "to": to});
        let found = data(&host, graphql, &asked)["calendars"].clone();
        assert_eq!(found.as_array().unwrap().len(), 20);
        assert_eq!(found[3]["propertyId"], json!(ids[3]));
        let reasons = |nights: &Value| -> Vec<Value> {
            let nights = nights.as_array().unwrap().iter();
            nights
                .map(|it| json!([it["date"], it["reason"], it["note"]]))
                .collect()
        };
        assert_eq!(
            reasons(&found[3]["nights"]),
            reasons(&calendars[3]["nights"])
        );
    }
}

#[test]
fn a_property_that_is_not_ones_own_refuses_all_and_tells_nothing() {
    for test in databases() {
        let stage = Stage::new(&test);
        let (host, other) = (stage.member(&test, "hannah"), stage.member(&test, "otto"));
        let (host, other) = (host.0.client, other.0.client);
        let own = listed(&host, "instant");
        let public = listed(&other, "instant");
        let draft = other
            .post("/v1/properties/", &property_body("instant"))
            .expect(201)
            .at("/id");
        let unknown = Uuid::now_v7().to_string();
        let today = stage.server.ports.clock.now().date_naive();
        let (from, to) = (today.to_string(), (today + Days::new(3)).to_string());
        let ask = |client: &Client, ids: &[&String]| {
            let ids: Vec<_> = ids.iter().map(|it| (*it).clone()).collect();
            client.get(&path(&ids, &from, &to))
        };
        ask(&host, &[&own]).expect(200);
        ask(&host, &[&own, &public]).expect_problem(403, "forbidden");
        // One that is hidden is like one that does not exist, also beside one that is known.
        for hidden in [&draft, &unknown] {
            for ids in [vec![hidden], vec![&own, hidden], vec![&public, hidden]] {
                let refused = ask(&host, &ids).expect_problem(404, "not_found").json();
                assert_eq!(
                    refused["detail"],
                    "No such resource, or you do not have access to it."
                );
            }
        }
        let operator = stage.server.operator();
        let all = ask(&operator, &[&own, &public, &draft]).expect(200).json();
        assert_eq!(all["data"].as_array().unwrap().len(), 3);
        ask(&operator, &[&own, &unknown]).expect_problem(404, "not_found");
        ask(&stage.server.client(), &[&own]).expect_problem(401, "token_missing");
        let graphql = "query($ids: [UUID!]!, $from: Date!, $to: Date!) { calendars(propertyIds: $ids, from: $from, to: $to) { propertyId } }";
        let hidden = json!({"ids": [own, draft], "from": from, "to": to});
        assert_eq!(data(&host, graphql, &hidden)["calendars"], Value::Null);
        let foreign = json!({"ids": [own, public], "from": from, "to": to});
        assert_eq!(crate::graphql::code(&host, graphql, &foreign), "forbidden");
    }
}

#[test]
fn every_bound_of_the_query_is_named() {
    let test = sojourn_tests::TestDatabase::sqlite();
    let stage = Stage::new(&test);
    let host = stage.member(&test, "hannah").0.client;
    let ids =
        |count: usize| -> Vec<String> { (0..count).map(|_| Uuid::now_v7().to_string()).collect() };
    let cases = [
        (
            "/v1/calendars".to_owned(),
            vec!["/from", "/property_ids", "/to"],
        ),
        (
            path(&["x".to_owned()], "soon", "2027-01-03") + "&more=1",
            vec!["/from", "/more", "/property_ids"],
        ),
        (
            path(&ids(21), "2027-01-01", "2027-01-03"),
            vec!["/property_ids"],
        ),
        (path(&ids(20), "2027-01-01", "2027-04-04"), vec!["/to"]),
        (
            path(&ids(21), "2027-01-02", "2027-01-02"),
            vec!["/property_ids", "/to"],
        ),
        (path(&ids(1), "2501-01-01", "2501-01-02"), vec!["/from"]),
        (path(&[], "2027-01-01", "2027-01-02"), vec!["/property_ids"]),
    ];
    for (path, pointers) in cases {
        let refused = host.get(&path).expect_problem(422, "validation_failed");
        let body = refused.json();
        let mut found: Vec<_> = body["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["pointer"].as_str().unwrap())
            .collect();
        found.sort_unstable();
        assert_eq!(found, pointers, "{path}");
    }
    host.get(&path(&ids(20), "2027-01-01", "2027-04-03"))
        .expect_problem(404, "not_found");
}

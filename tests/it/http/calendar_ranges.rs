//! Several ranges of a calendar in one change.

use chrono::{Datelike, NaiveDate, Weekday};
use serde_json::{Value, json};
use sojourn_tests::{
    Answer, Client, Server, TestDatabase, databases, insert_cabin, insert_paid_stay, insert_user,
    stay,
};

use crate::graphql::statement_counts::Stage;
use crate::graphql::{data, send};

fn usd(amount: i64) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

fn property(host: &Client) -> String {
    let body = json!({
        "title": "Cabin", "time_zone": "UTC", "max_guests": 4,
        "pricing": {"nightly": usd(10_000)}, "stay_rules": {"min_nights": 3, "max_nights": 20},
    });
    host.post("/v1/properties", &body).expect(201).at("/id")
}

fn calendar(id: &str) -> String {
    format!("/v1/properties/{id}/calendar")
}

/// The nights of July 2028.
fn july(host: &Client, id: &str) -> Vec<Value> {
    let path = format!("{}?from=2028-07-01&to=2028-08-01", calendar(id));
    let body = host.get(&path).expect(200).json();
    body["data"].as_array().unwrap().clone()
}

fn pointers(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    let errors = body["errors"].as_array().into_iter().flatten();
    let mut all: Vec<_> = errors
        .map(|it| it["pointer"].as_str().unwrap().to_owned())
        .collect();
    all.sort();
    all
}

/// The prices of weekdays and of weekends of these nights.
fn prices(nights: &[Value]) -> (Vec<i64>, Vec<i64>) {
    let (weekend, others): (Vec<&Value>, Vec<_>) = nights.iter().partition(|night| {
        let date: NaiveDate = night["date"].as_str().unwrap().parse().unwrap();
        matches!(date.weekday(), Weekday::Fri | Weekday::Sat)
    });
    let amounts = |nights: Vec<&Value>| {
        let amounts = nights.iter().map(|it| it["price"]["amount"].as_i64());
        let mut all: Vec<_> = amounts.map(Option::unwrap).collect();
        all.dedup();
        all
    };
    (amounts(others), amounts(weekend))
}

#[test]
fn ranges_and_weekdays_are_set_in_one_change() {
    for test in databases() {
        let server = Server::start(&test);
        let host = server.sign_up("host");
        let id = property(&host);
        let weekend = json!(["friday", "saturday"]);
        let ranges = json!({"ranges": [
            {"from": "2028-07-01", "to": "2028-08-01", "price": usd(12_000), "note": "Summer"},
            {"from": "2028-07-01", "to": "2028-08-01", "weekdays": weekend, "price": usd(15_000), "min_nights": 4},
            {"from": "2028-09-04", "to": "2028-09-06", "blocked": true},
            {"from": "2028-07-10", "to": "2028-07-12", "note": null},
        ]});
        let changed = host.put(&calendar(&id), &ranges).expect(200).json();
        let nights = changed["data"].as_array().unwrap();
        assert_eq!(nights.len(), 33, "the nights of all ranges, each once");
        assert_eq!(nights[..31], july(&host, &id));
        assert_eq!(
            prices(&nights[..31]),
            (vec![12_000], vec![15_000]),
            "{}",
            test.name
        );
        assert_eq!(nights[31]["reason"], "blocked");
        let without_note = nights[..31].iter().filter(|it| it.get("note").is_none());
        assert_eq!(without_note.count(), 2);
        assert_eq!(
            (&nights[6]["min_nights"], &nights[5]["min_nights"]),
            (&json!(4), &json!(3))
        );
        // One range may name days of the week too, and its answer has all its nights.
        let single = json!({"from": "2028-07-01", "to": "2028-08-01", "weekdays": ["monday"], "price": usd(9_000)});
        let changed = host.put(&calendar(&id), &single).expect(200).json();
        assert_eq!(changed["data"], json!(july(&host, &id)));
        assert_eq!(
            prices(&july(&host, &id)).0,
            [
                12_000, 9_000, 12_000, 9_000, 12_000, 9_000, 12_000, 9_000, 12_000, 9_000
            ]
        );
    }
}

#[test]
fn a_taken_night_refuses_all_ranges_and_all_taken_ones_are_named() {
    for test in databases() {
        let stage = Stage::new(&test);
        let (host, user) = stage.member(&test, "hannah");
        let (host, id) = (
            host.client,
            stage.server.block_on(async {
                let cabin = insert_cabin(&stage.database, &user).await;
                let guest = insert_user(&stage.database, "gus").await;
                for from in [3, 10] {
                    insert_paid_stay(&stage.database, &cabin, &guest, stay(from, from + 2)).await;
                }
                cabin.id.to_string()
            }),
        );
        let july = |day: u32| format!("2026-07-{day:02}");
        let body = host
            .get(&format!(
                "{}?from={}&to={}",
                calendar(&id),
                july(1),
                july(31)
            ))
            .expect(200)
            .json();
        let taken: Vec<String> = body["data"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["reason"] == "booked")
            .map(|it| it["date"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(taken.len(), 4);
        let ranges = json!({"ranges": [
            {"from": july(1), "to": july(31), "price": usd(22_000)},
            {"from": taken[0], "to": taken[1], "blocked": true},
            {"from": taken[1], "to": july(31), "blocked": true},
        ]});
        let refused = host
            .put(&calendar(&id), &ranges)
            .expect_problem(409, "nights_taken");
        assert_eq!(refused.json()["nights"], json!(taken));
        let mut named = vec!["/ranges/1/blocked"];
        named.resize(4, "/ranges/2/blocked");
        assert_eq!(pointers(&refused), named);
        let after = host
            .get(&format!(
                "{}?from={}&to={}",
                calendar(&id),
                july(1),
                july(31)
            ))
            .expect(200)
            .json();
        assert_eq!(after, body, "{}: nothing has changed", test.name);
        let document = "mutation($input: SetCalendarInput!) { setCalendar(input: $input) { nights { date } } }";
        let input = json!({"input": {"propertyId": id, "ranges": [{"from": taken[0], "to": taken[1], "blocked": true}]}});
        let refused = send(&host, document, &input).json();
        assert_eq!(refused["errors"][0]["extensions"]["code"], "nights_taken");
    }
}

#[test]
fn every_wrong_field_of_every_range_is_named() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let id = property(&host);
    let before = july(&host, &id);
    let whole = json!({"from": "2028-07-01", "to": "2028-07-05"});
    let with = |more: Value| {
        let mut range = whole.clone();
        for (name, value) in more.as_object().unwrap() {
            range[name] = value.clone();
        }
        range
    };
    let cases = [
        (json!({}), vec!["/from", "/to"]),
        (json!({"ranges": []}), vec!["/ranges"]),
        (json!({"ranges": null}), vec!["/ranges"]),
        (json!({"ranges": "x"}), vec!["/ranges"]),
        (json!({"ranges": vec![&whole; 51]}), vec!["/ranges"]),
        (with(json!({"ranges": [whole]})), vec!["/ranges"]),
        (json!({"note": "x", "ranges": [whole]}), vec!["/ranges"]),
        (with(json!({"weekdays": []})), vec!["/weekdays"]),
        (with(json!({"weekdays": null})), vec!["/weekdays"]),
        (with(json!({"weekdays": ["fri"]})), vec!["/weekdays/0"]),
        // The 1st of July 2028 is a Saturday.
        (with(json!({"weekdays": ["friday"]})), vec!["/weekdays"]),
        (
            json!({"ranges": [
                {"from": "x", "price": {"amount": 5, "currency": "XXQ"}, "note": ""},
                with(json!({"min_nights": 9, "max_nights": 2, "blocked": null, "nights": 1})),
                with(json!({"price": usd(0)})),
            ]}),
            vec![
                "/ranges/0/from",
                "/ranges/0/note",
                "/ranges/0/price/currency",
                "/ranges/0/to",
                "/ranges/1/blocked",
                "/ranges/1/max_nights",
                "/ranges/1/nights",
                "/ranges/2/price/amount",
            ],
        ),
        (
            json!({"ranges": [
                with(json!({"price": {"amount": 5_000, "currency": "EUR"}})),
                with(json!({"max_nights": 2})),
                with(json!({"price": usd(1)})),
            ]}),
            vec![
                "/ranges/0/price/currency",
                "/ranges/1/max_nights",
                "/ranges/2/price",
            ],
        ),
        (
            json!({"ranges": [{"from": "2028-07-05", "to": "2028-07-05"}, whole, {"from": "2028-07-05", "to": "2030-07-05"}]}),
            vec!["/ranges/0/to", "/ranges/2/to"],
        ),
        (
            json!({"ranges": [whole, {"from": "2030-07-03", "to": "2030-07-04"}]}),
            vec!["/ranges"],
        ),
    ];
    for (body, wanted) in cases {
        let refused = host
            .put(&calendar(&id), &body)
            .expect_problem(422, "validation_failed");
        assert_eq!(pointers(&refused), wanted, "{body}: {}", refused.text);
    }
    assert_eq!(july(&host, &id), before);
    // Two years may be set at once, at the limits of everything.
    let full = json!({"from": "2028-07-01", "to": "2029-07-02", "note": "é".repeat(500), "price": usd(12_000),
                      "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]});
    let mut ranges = vec![full; 49];
    ranges.push(json!({"from": "2029-07-02", "to": "2030-07-03", "blocked": true}));
    let changed = host
        .put(&calendar(&id), &json!({ "ranges": ranges }))
        .expect(200);
    assert_eq!(changed.json()["data"].as_array().unwrap().len(), 732);
}

#[test]
fn graphql_sets_ranges_too() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let id = property(&host);
    let document = "mutation($input: SetCalendarInput!) { setCalendar(input: $input) { nights { date price { amount } } } }";
    let range = json!({"from": "2028-07-01", "to": "2028-08-01"});
    let priced = |weekdays: Value, amount: i64| json!({"from": range["from"], "to": range["to"], "weekdays": weekdays, "price": usd(amount)});
    let ranges = [
        priced(Value::Null, 12_000),
        priced(json!(["FRIDAY", "SATURDAY"]), 15_000),
    ];
    let found = data(
        &host,
        document,
        &json!({"input": {"propertyId": id, "ranges": ranges}}),
    );
    assert_eq!(found["setCalendar"]["nights"].as_array().unwrap().len(), 31);
    assert_eq!(prices(&july(&host, &id)), (vec![12_000], vec![15_000]));
    for (input, path) in [
        (json!({"propertyId": id}), "changes"),
        (
            json!({"propertyId": id, "changes": range, "ranges": [range]}),
            "ranges",
        ),
        (json!({"propertyId": id, "ranges": []}), "ranges"),
        (
            json!({"propertyId": id, "ranges": [range, priced(json!([]), 9_000)]}),
            "ranges/1/weekdays",
        ),
        (
            json!({"propertyId": id, "ranges": [range, priced(json!(["MONDAY"]), 0)]}),
            "ranges/1/price/amount",
        ),
    ] {
        let refused = send(&host, document, &json!({ "input": input })).json();
        let extensions = &refused["errors"][0]["extensions"];
        let parts = extensions["violations"][0]["path"].as_array().unwrap();
        let parts = parts.iter().map(|it| it.to_string().replace('"', ""));
        assert_eq!(parts.collect::<Vec<_>>().join("/"), path, "{refused:#}");
    }
}

//! Searches with dates, exact or flexible, find what a quote says, and summaries count it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use sojourn_application::property::{self, QuoteRequest};
use sojourn_domain::booking::RatePlan;
use sojourn_domain::shared::{Guests, PropertyId, Stay};
use sojourn_tests::{Client, PASSWORD, Server, ServerOptions, TestClock, TestDatabase, databases};

use crate::contract::raw_sql::raw;
use crate::graphql::{code, data};
use crate::http::listings::{CABIN, publish as publish_listing};
use crate::race::rng::Rng;

/// Properties on each database, and searches at each: 300 pairs with flexible dates, and as many without.
const PROPERTIES: u64 = 12;
const SEARCHES: u64 = 25;

/// A quarter of a day after midnight in UTC, when New York is a day behind and Kiritimati a day ahead of Pago Pago.
const NOW: &str = "2026-07-08T03:30:00Z";

const ZONES: [&str; 4] = [
    "UTC",
    "America/New_York",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
];

fn today() -> NaiveDate {
    NOW[..10].parse().unwrap()
}

fn date(ahead: u64) -> NaiveDate {
    today() + Days::new(ahead)
}

fn usd(amount: u64) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

/// A listed property with rules of every kind at random; its id.
fn publish(host: &Client, rng: &mut Rng) -> PropertyId {
    let weekdays = ["monday", "wednesday", "friday", "saturday", "sunday"];
    let mut rules = Vec::new();
    for weekday in weekdays {
        let rule = match rng.below(9) {
            0 => json!({"weekday": weekday, "closed_to_arrival": true}),
            1 => json!({"weekday": weekday, "closed_to_departure": true}),
            2 => json!({"weekday": weekday, "min_nights": 3}),
            _ => continue,
        };
        rules.push(rule);
    }
    let body = json!({
        "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
        "location": {"latitude": 42.65, "longitude": -73.75}, "time_zone": *rng.choose(&ZONES),
        "max_guests": 1 + rng.below(4), "booking_mode": *rng.choose(&["instant", "request"]),
        "pricing": {
            "nightly": usd(10_000 + rng.below(3) * 1_000), "weekend": usd(10_000 + rng.below(2) * 5_000),
            "weekly_discount_bps": rng.below(2) * 1_500, "cleaning_fee": usd(2_000),
            "early_bird": {"days_ahead": 20, "discount_bps": rng.below(2) * 2_000},
            "last_minute": {"days_ahead": 4, "discount_bps": rng.below(2) * 1_000},
        },
        "stay_rules": {
            "min_nights": 1 + rng.below(2), "max_nights": 5 + rng.below(5),
            "advance_notice_hours": *rng.choose(&[0, 0, 12, 72, 168]),
            "booking_window_days": *rng.choose(&[-1, 10, 25, 365]),
            "preparation_nights": rng.below(3), "weekdays": rules,
        },
    });
    let id = host.post("/v1/properties/", &body).expect(201).at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    for _ in 0..6 {
        let from = rng.below(45);
        let mut set = json!({"from": date(from), "to": date(from + 1 + rng.below(6))});
        match rng.below(6) {
            0 => set["price"] = usd(5_000 + 500 * rng.below(30)),
            1 => set["closed_to_arrival"] = true.into(),
            2 => set["closed_to_departure"] = true.into(),
            3 => set["min_nights"] = 2.into(),
            _ => set["blocked"] = true.into(),
        }
        host.put(&format!("/v1/properties/{id}/calendar"), &set)
            .expect(200);
    }
    id.parse().unwrap()
}

/// The stay that a hit can be booked for, its total, and the price of its nights.
type Hit = (Stay, i64, i64);

/// The stay with the lowest total among the quotes, the nearest and then the earlier one among equal totals.
fn quoted(server: &Server, id: PropertyId, asked: Stay, days: u64, adults: u32) -> Option<Hit> {
    let guests = Guests::try_new(adults, 0, 0, 0).unwrap();
    let first = asked.check_in() - Days::new(days);
    let stays = (0..=2 * days).map(|day| {
        let check_in = first + Days::new(day);
        Stay::try_new(check_in, check_in + Days::new(asked.nights().into())).unwrap()
    });
    let quotes = stays.filter_map(|stay| {
        let request = QuoteRequest {
            stay,
            guests,
            rate: RatePlan::Standard,
            why: false,
        };
        let quote = server.block_on(property::quote(&server.ports, None, id, request));
        let price = quote.ok()?.quote.price.clone();
        let nights = i64::try_from(price.nights_total()).unwrap();
        let distance = (stay.check_in() - asked.check_in()).num_days().abs();
        Some((price.total.amount(), distance, stay, nights))
    });
    let (total, _, stay, nights) = quotes.min()?;
    Some((stay, total, nights))
}

/// The hits of all pages of a search, in order.
fn pages(guest: &Client, query: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/v1/properties/?{query}&limit=3{cursor}");
        let page = guest.get(&path).expect(200).json();
        found.extend(page["data"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else {
            return found;
        };
        cursor = format!("&cursor={next}");
    }
}

fn hit(found: &Value) -> (PropertyId, Stay, i64) {
    let text = |name: &str| found[name].as_str().unwrap();
    let stay = format!("{}/{}", text("check_in"), text("check_out"));
    (
        text("id").parse().unwrap(),
        stay.parse().unwrap(),
        found["total"]["amount"].as_i64().unwrap(),
    )
}

/// A search and its summary have these hits alone.
fn assert_found(guest: &Client, query: &str, expected: &BTreeMap<PropertyId, Hit>) {
    let found: BTreeMap<_, _> = pages(guest, query)
        .iter()
        .map(hit)
        .map(|(id, stay, total)| (id, (stay, total)))
        .collect();
    let wanted: BTreeMap<_, _> = expected
        .iter()
        .map(|(id, (stay, total, _))| (*id, (*stay, *total)))
        .collect();
    assert_eq!(found, wanted, "{query}");
    let summary = guest
        .get(&format!("/v1/properties/summary?{query}"))
        .expect(200)
        .json();
    let count = json!({"value": expected.len(), "at_least": false});
    assert_eq!(summary["count"], count, "{query}");
}

/// The hits in the order of the price of their nights.
fn assert_sorted(guest: &Client, query: &str, expected: &BTreeMap<PropertyId, Hit>) {
    let mut wanted: Vec<_> = expected.iter().map(|(id, it)| (it.2, *id)).collect();
    wanted.sort_unstable();
    for sort in ["price", "-price"] {
        let found = pages(guest, &format!("{query}&currency=USD&sort={sort}"));
        let found: Vec<_> = found.iter().map(|it| hit(it).0).collect();
        let ids: Vec<_> = wanted.iter().map(|(_, id)| *id).collect();
        assert_eq!(found, ids, "{query} by {sort}");
        wanted.reverse();
    }
}

/// A plain listed property; its id.
fn listing(host: &Client) -> String {
    publish_listing(host, &CABIN)
}

/// A server whose clock stands still, and a host.
fn server(test: &TestDatabase) -> (Server, Client) {
    let options = ServerOptions {
        clock: Some(TestClock::standing(NOW.parse().unwrap())),
        no_worker: true,
        ..ServerOptions::default()
    };
    let server = Server::with(test, options);
    let email = "host@test.example";
    let body =
        json!({"email": email, "password": PASSWORD, "first_name": "Hannah", "last_name": "Test"});
    server.client().post("/v1/users/", &body).expect(201);
    raw(test, "UPDATE users SET email_verified = TRUE").unwrap();
    let host = server.log_in_as(email, PASSWORD).client;
    (server, host)
}

#[test]
fn searches_quotes_and_summaries_agree() {
    for (seed, test) in (1..).zip(databases()) {
        let (server, host) = server(&test);
        let guest = server.client();
        let mut rng = Rng::new(seed);
        let properties: Vec<_> = (0..PROPERTIES).map(|_| publish(&host, &mut rng)).collect();
        let (mut found, mut moved, mut compared) = (0, 0, 0);
        for round in 0..SEARCHES {
            let (ahead, nights) = (rng.below(30), 1 + rng.below(6));
            let asked = Stay::try_new(date(ahead), date(ahead + nights)).unwrap();
            let flexible = 1 + rng.below(if round % 5 == 0 { 14 } else { 4 });
            let adults = 1 + u32::try_from(rng.below(3)).unwrap();
            for days in [0, flexible] {
                let hits: BTreeMap<_, _> = properties
                    .iter()
                    .filter_map(|&id| Some((id, quoted(&server, id, asked, days, adults)?)))
                    .collect();
                compared += properties.len();
                found += hits.len();
                moved += hits.values().filter(|it| it.0 != asked).count();
                let (check_in, check_out) = (asked.check_in(), asked.check_out());
                let mut query =
                    format!("check_in={check_in}&check_out={check_out}&guests={adults}");
                if days > 0 {
                    query = format!("{query}&flexible_days={days}");
                }
                println!("{}: {query}: {}", test.name, hits.len());
                assert_found(&guest, &query, &hits);
                assert_found(&guest, &format!("{query}&bbox=-80,40,-70,45"), &hits);
                assert_sorted(&guest, &query, &hits);
                let nights = i64::try_from(nights).unwrap();
                let limit = 9_000 + i64::try_from(rng.below(4_000)).unwrap();
                let places = ["", "&bbox=-80,40,-70,45"];
                let places = if round % 2 == 0 { &places[..] } else { &[] };
                for place in places {
                    let split = |least: bool| {
                        let kept = hits.iter().filter(|(_, it)| match least {
                            true => it.2 >= limit * nights,
                            false => it.2 <= limit * nights,
                        });
                        kept.map(|(id, it)| (*id, *it)).collect()
                    };
                    let query = format!("{query}{place}&currency=USD");
                    assert_found(&guest, &format!("{query}&price_min={limit}"), &split(true));
                    assert_found(&guest, &format!("{query}&price_max={limit}"), &split(false));
                }
            }
        }
        assert_eq!(compared, 600, "{}", test.name);
        assert!(found > 100 && moved > 30, "{}: {found}, {moved}", test.name);
    }
}

#[test]
fn flexible_dates_need_dates_and_few_days() {
    for test in databases() {
        let (server, host) = server(&test);
        let id = listing(&host);
        let guest = server.client();
        let (from, to) = (date(20), date(23));
        let dates = format!("check_in={from}&check_out={to}");
        let cheap = json!({"from": date(22), "to": date(27), "price": usd(8_000)});
        host.put(&format!("/v1/properties/{id}/calendar"), &cheap)
            .expect(200);
        for (query, pointers) in [
            ("flexible_days=3".to_owned(), vec!["/check_in"]),
            (format!("{dates}&flexible_days=0"), vec!["/flexible_days"]),
            (format!("{dates}&flexible_days=15"), vec!["/flexible_days"]),
            (
                "flexible_days=99".to_owned(),
                vec!["/flexible_days", "/check_in"],
            ),
            (
                format!("check_in={from}&flexible_days=2"),
                vec!["/check_out"],
            ),
            (format!("{dates}&flexible_days=two"), vec!["/flexible_days"]),
            (
                format!("check_in=x&check_out={to}&flexible_days=2"),
                vec!["/check_in"],
            ),
        ] {
            for path in ["/v1/properties", "/v1/properties/summary"] {
                let refused = guest.get(&format!("{path}?{query}"));
                let refused = refused.expect_problem(422, "validation_failed").json();
                let errors = refused["errors"].as_array().unwrap().iter();
                let found: Vec<_> = errors.map(|it| it["pointer"].as_str().unwrap()).collect();
                assert_eq!(found, pointers, "{query}");
            }
        }
        // Of the starts on the 22nd, 23rd and 24th day the nearest is as cheap as the others.
        let query = format!("/v1/properties?{dates}&flexible_days=14");
        let found = guest.get(&query).expect(200).json();
        assert_eq!(
            (
                &found["data"][0]["check_in"],
                &found["data"][0]["check_out"]
            ),
            (&json!(date(22)), &json!(date(25))),
            "{}",
            test.name
        );
        // A cursor belongs to its flexible dates.
        listing(&host);
        let first = guest.get(&format!("{query}&limit=1")).expect(200);
        let next = first.at("/next_cursor");
        guest
            .get(&format!("{query}&limit=1&cursor={next}"))
            .expect(200);
        guest
            .get(&format!(
                "/v1/properties?{dates}&flexible_days=13&cursor={next}"
            ))
            .expect_problem(422, "cursor_invalid");
        // Dates that are over may begin later.
        let past = format!("check_in={}&check_out={}", today() - Days::new(3), today());
        assert!(pages(&guest, &format!("{past}&flexible_days=1")).is_empty());
        assert_eq!(pages(&guest, &format!("{past}&flexible_days=5")).len(), 2);
        let document = "query($search: PropertySearchInput!, $sort: SearchSort) {
            properties(search: $search, sort: $sort, first: 5) {
                edges { node { id checkIn checkOut total { amount } } } }
            searchSummary(search: $search) { count } }";
        let search =
            json!({"checkIn": from, "checkOut": to, "flexibleDays": 14, "currency": "USD"});
        let variables = json!({"search": search, "sort": "PRICE"});
        let found = data(&guest, document, &variables);
        let node = &found["properties"]["edges"][0]["node"];
        assert_eq!(
            (&node["id"], &node["checkIn"], &node["checkOut"]),
            (&json!(id), &json!(date(22)), &json!(date(25)))
        );
        assert_eq!(found["searchSummary"]["count"], 2);
        let undated = json!({"search": {"flexibleDays": 3}});
        assert_eq!(code(&guest, document, &undated), "validation_failed");
    }
}

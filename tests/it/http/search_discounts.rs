//! Searches with dates compare and order what the nights cost after discounts, as a quote has it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Client, Server, databases};

use crate::race::rng::Rng;

/// Properties on each database, and stays that are searched at each.
const PROPERTIES: u64 = 10;
const STAYS: u64 = 12;

/// Zones with different dates at any time.
const ZONES: [&str; 3] = [
    "America/New_York",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
];

fn usd(amount: u64) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

/// A listed property with discounts at random; its id.
fn publish(host: &Client, rng: &mut Rng) -> String {
    let zone = ZONES[usize::try_from(rng.below(3)).unwrap()];
    let mut discount = || rng.below(2) * rng.below(9_000);
    let pricing = json!({
        "nightly": usd(10_000 + discount()), "weekend": usd(12_345),
        "weekly_discount_bps": discount(), "monthly_discount_bps": discount(),
        "length_of_stay_discounts": [{"nights": 3, "discount_bps": discount()}],
        "early_bird": {"days_ahead": 40, "discount_bps": discount()},
        "last_minute": {"days_ahead": 28, "discount_bps": discount()},
        "cleaning_fee": usd(4_321),
    });
    let body = json!({
        "title": "Cabin", "description": "By the lake", "property_type": "cabin", "room_type": "entire_place",
        "address": {"line1": "1 Lake Road", "city": "Albany", "country": "US"},
        "location": {"latitude": 42.65, "longitude": -73.75}, "time_zone": zone, "max_guests": 4,
        "pricing": pricing, "stay_rules": {"max_nights": 60},
    });
    let id = host.post("/v1/properties/", &body).expect(201).at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    let from = date(5 + rng.below(60));
    let prices =
        json!({"from": from, "to": from + Days::new(9), "price": usd(5_000 + rng.below(20_000))});
    host.put(&format!("/v1/properties/{id}/calendar"), &prices)
        .expect(200);
    id
}

fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

/// The sum of the nights and their discounts in the quote of a stay.
fn quoted(guest: &Client, property: &str, dates: &str) -> i64 {
    let path = format!("/v1/properties/{property}/quote?{dates}&adults=1");
    let quote = guest.get(&path).expect(200).json();
    let lines = quote["lines"].as_array().unwrap().iter();
    let of_nights = lines.filter(|line| {
        let kind = line["kind"].as_str().unwrap();
        kind == "nights" || kind.ends_with("_discount")
    });
    of_nights
        .map(|line| line["amount"]["amount"].as_i64().unwrap())
        .sum()
}

/// The hits of a search in the order of its pages.
fn pages(guest: &Client, query: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/v1/properties/?{query}&limit=3{cursor}");
        let page = guest.get(&path).expect(200).json();
        let ids = page["data"].as_array().unwrap().iter();
        found.extend(ids.map(|hit| hit["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next_cursor"].as_str() else {
            return found;
        };
        cursor = format!("&cursor={next}");
    }
}

/// All properties are found in the order of the sums of their nights, across pages.
fn assert_ordered(guest: &Client, dates: &str, sums: &BTreeMap<&String, i64>) {
    let mut expected: Vec<i64> = sums.values().copied().collect();
    expected.sort_unstable();
    for place in ["", "&bbox=-80,40,-70,45"] {
        for sort in ["price", "-price"] {
            let query = format!("{dates}&currency=USD&sort={sort}{place}");
            let found = pages(guest, &query);
            let found: Vec<i64> = found.iter().map(|id| sums[id]).collect();
            assert_eq!(found, expected, "{query}");
            expected.reverse();
        }
    }
}

#[test]
fn searches_and_quotes_agree_on_the_mean_price_of_a_night() {
    for (seed, database) in (1..).zip(databases()) {
        let server = Server::start(&database);
        let (host, guest) = (server.sign_up("host"), server.client());
        let mut rng = Rng::new(seed);
        let properties: Vec<_> = (0..PROPERTIES).map(|_| publish(&host, &mut rng)).collect();
        let mut compared = 0;
        for round in 0..STAYS {
            let (from, nights) = (2 + rng.below(60), 1 + rng.below(35));
            // Days at which some zones have a discount and others have not.
            let from = if round % 3 == 0 {
                28 + 12 * (round % 2)
            } else {
                from
            };
            let dates = format!("check_in={}&check_out={}", date(from), date(from + nights));
            let nights = i64::try_from(nights).unwrap();
            let mut sums = BTreeMap::new();
            for property in &properties {
                let sum = quoted(&guest, property, &dates);
                sums.insert(property, sum);
                let found = |limits: &str| {
                    let path = format!("/v1/properties/?{dates}&currency=USD&limit=100&{limits}");
                    guest.get(&path).expect(200).text.contains(property)
                };
                let least = sum.div_euclid(nights);
                let most = (sum + nights - 1).div_euclid(nights);
                let case = format!("{} {property} {dates}: {sum}", database.name);
                assert!(found(&format!("price_max={most}")), "{case}");
                assert!(!found(&format!("price_max={}", most - 1)), "{case}");
                assert!(found(&format!("price_min={least}")), "{case}");
                assert!(!found(&format!("price_min={}", least + 1)), "{case}");
                compared += 1;
            }
            assert_ordered(&guest, &dates, &sums);
        }
        assert_eq!(compared, PROPERTIES * STAYS);
    }
}

//! Suggestions of cities, and the catalogue of amenities.

use serde_json::{Value, json};
use sojourn_tests::{Client, Server, databases};

use crate::graphql::data;

/// A listing at an address.
fn listing(host: &Client, address: &Value, longitude: f64) -> String {
    let body = json!({
        "title": "Flat", "description": "Near the river", "property_type": "apartment", "room_type": "entire_place",
        "address": address, "location": {"latitude": -23.55052, "longitude": longitude}, "time_zone": "UTC",
        "max_guests": 2, "pricing": {"nightly": {"amount": 10000, "currency": "USD"}},
        "cancellation_policy": "flexible", "booking_mode": "instant",
    });
    let id = host.post("/v1/properties/", &body).expect(201).at("/id");
    host.post(&format!("/v1/properties/{id}/publish"), &Value::Null)
        .expect(200);
    id
}

fn address(city: &str, region: Option<&str>, country: &str) -> Value {
    json!({"line1": "Rua Augusta 1", "city": city, "region": region.unwrap_or("-"), "country": country})
}

/// The places of a prefix: city, region, country and number.
fn places(client: &Client, query: &str) -> Vec<Value> {
    let found = client
        .get(&format!("/v1/places?{query}"))
        .expect(200)
        .json();
    assert_eq!(found["next_cursor"], Value::Null);
    found["data"].as_array().unwrap().clone()
}

#[test]
fn cities_of_listed_properties_are_suggested_without_case_and_accents() {
    for database in databases() {
        println!("on {}", database.name);
        let server = Server::start(&database);
        let (host, anonymous) = (server.sign_up("host"), server.client());
        let sao_paulo = address("São Paulo", Some("SP"), "BR");
        let first = listing(&host, &sao_paulo, -46.63331);
        listing(&host, &sao_paulo, -46.61331);
        listing(&host, &address("SAO PAULO", Some("sp"), "BR"), -46.61331);
        listing(
            &host,
            &address("São Paulo de Olivença", Some("AM"), "BR"),
            -68.87,
        );
        listing(&host, &address("Santos", Some("SP"), "BR"), -46.33);
        listing(&host, &address("Lisbon", None, "PT"), -9.14);
        // Drafts and unlisted properties are not counted.
        let unlisted = listing(&host, &address("Salvador", Some("BA"), "BR"), -38.5);
        host.post(
            &format!("/v1/properties/{unlisted}/unpublish"),
            &Value::Null,
        )
        .expect(200);

        let found = places(&anonymous, "prefix=s%C3%83o%20%20pa");
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(
            found[0],
            json!({
                "city": "São Paulo", "region": "SP", "country": "BR", "properties_count": 3,
                "location": {"latitude": -23.55, "longitude": -46.62},
            })
        );
        assert_eq!(found[1]["city"], "São Paulo de Olivença");
        let cities = |found: &[Value]| -> Vec<String> {
            found
                .iter()
                .map(|it| it["city"].as_str().unwrap().to_owned())
                .collect()
        };
        let by_s = cities(&places(&anonymous, "prefix=s"));
        assert_eq!(by_s, ["São Paulo", "Santos", "São Paulo de Olivença"]);
        assert_eq!(
            cities(&places(&anonymous, "prefix=S&limit=1")),
            ["São Paulo"]
        );
        for nothing in ["paulo", "salvador", "%25", "_", "s%0A"] {
            let found = anonymous.get(&format!("/v1/places?prefix={nothing}"));
            let is_line = nothing != "s%0A";
            assert_eq!(found.status, if is_line { 200 } else { 422 }, "{nothing}");
            if is_line {
                assert_eq!(found.json()["data"], json!([]), "{nothing}");
            }
        }
        // The search finds what is counted.
        let search = anonymous
            .get("/v1/properties/?city=sao%20paulo&country=BR")
            .expect(200)
            .json();
        assert_eq!(search["data"].as_array().unwrap().len(), 3);

        // An answer is cached until a listing changes.
        let again = || anonymous.get("/v1/places?limit=5&prefix=s");
        again().expect(200);
        let hit = again().expect(200);
        assert_eq!(hit.header("cache-status"), Some("sojourn; hit"));
        let tag = hit.header("etag").unwrap();
        anonymous
            .send(
                "GET",
                "/v1/places?limit=5&prefix=s",
                &[("if-none-match", tag)],
                None,
            )
            .expect(304);
        host.post(&format!("/v1/properties/{first}/unpublish"), &Value::Null)
            .expect(200);
        assert_eq!(
            places(&anonymous, "limit=5&prefix=s")[0]["properties_count"],
            2
        );

        let document = "query($prefix: String!) { places(prefix: $prefix, first: 2) {
            city region country propertiesCount location { latitude longitude } } }";
        let found = data(&anonymous, document, &json!({"prefix": "Sao"}));
        assert_eq!(
            found["places"][0],
            json!({
                "city": "SAO PAULO", "region": "sp", "country": "BR", "propertiesCount": 2,
                "location": {"latitude": -23.55, "longitude": -46.61},
            })
        );
    }
}

#[test]
fn wrong_searches_for_cities_name_every_error() {
    let server = Server::start(&sojourn_tests::TestDatabase::sqlite());
    let anonymous = server.client();
    for (query, expected) in [
        ("", vec![("prefix", "required")]),
        (
            "?prefix=&limit=0",
            vec![("limit", "out_of_range"), ("prefix", "required")],
        ),
        ("?prefix=a&limit=21", vec![("limit", "out_of_range")]),
    ] {
        let refused = anonymous
            .get(&format!("/v1/places{query}"))
            .expect(422)
            .json();
        let mut errors: Vec<_> = refused["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                (
                    it["parameter"].as_str().unwrap(),
                    it["code"].as_str().unwrap(),
                )
            })
            .collect();
        errors.sort_unstable();
        assert_eq!(errors, expected, "{query}: {refused}");
    }
    let long = "a".repeat(101);
    anonymous
        .get(&format!("/v1/places?prefix={long}"))
        .expect(422);
}

#[test]
fn amenities_have_labels_and_categories() {
    let server = Server::start(&sojourn_tests::TestDatabase::sqlite());
    let anonymous = server.client();
    let answer = anonymous.get("/v1/amenities").expect(200);
    assert_eq!(answer.header("cache-control"), Some("public, no-cache"));
    let all = answer.json();
    let all = all["data"].as_array().unwrap();
    let wifi = json!({"id": "wifi", "label": "Wifi", "category": "internet_and_office"});
    assert!(all.contains(&wifi) && all.len() > 40, "{all:?}");
    let found = data(
        &anonymous,
        "{ amenities { id label category } }",
        &json!({}),
    );
    let found = found["amenities"].as_array().unwrap();
    assert_eq!(found.len(), all.len());
    assert_eq!(
        found[0],
        json!({"id": "wifi", "label": "Wifi", "category": "INTERNET_AND_OFFICE"})
    );
}

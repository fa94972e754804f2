//! Search results as cards and map pins.

use chrono::Days;
use serde_json::{Value, json};
use sojourn_tests::databases;

use super::expand::count;
use crate::contract::raw_sql::raw;
use crate::graphql::statement_counts::Stage;

/// The names of the members of an object, in order.
fn members(value: &Value) -> Vec<&str> {
    let mut names: Vec<_> = value.as_object().unwrap().keys().collect();
    names.sort();
    names.into_iter().map(String::as_str).collect()
}

const CARD: [&str; 17] = [
    "bathrooms",
    "bedrooms",
    "beds",
    "booking_mode",
    "city",
    "country",
    "host_id",
    "id",
    "location",
    "max_guests",
    "nightly",
    "property_type",
    "rating",
    "region",
    "room_type",
    "status",
    "title",
];

#[test]
fn views_have_the_same_results_in_fewer_bytes_and_as_many_statements() {
    for test in databases() {
        let stage = Stage::new(&test);
        let (host, host_user) = stage.member(&test, "hannah");
        stage.server.block_on(async {
            for _ in 0..5 {
                sojourn_tests::insert_cabin(&stage.database, &host_user).await;
            }
        });
        raw(&test, "UPDATE users SET email_verified = TRUE").unwrap();
        let client = stage.server.client();
        let today = stage.server.ports.clock.now().date_naive();
        let (from, to) = (today + Days::new(30), today + Days::new(33));
        let dated = format!("check_in={from}&check_out={to}&limit=3");
        for query in ["limit=3", dated.as_str()] {
            let path = format!("/v1/properties?{query}");
            let (statements, full) = count(&stage, &client, &path);
            let whole = full["data"].as_array().unwrap();
            assert_eq!(whole.len(), 3);
            assert_eq!(members(&full), ["data", "next_cursor"]);
            for (view, name) in [("card", "cards"), ("pin", "pins")] {
                let (with_view, found) = count(&stage, &client, &format!("{path}&view={view}"));
                assert_eq!(with_view.len(), statements.len(), "{}: {view}", test.name);
                assert_eq!(found["data"], json!([]));
                let items = found[name].as_array().unwrap();
                for (item, property) in items.iter().zip(whole) {
                    let same = ["id", "location", "check_in", "check_out", "total"];
                    for member in same {
                        assert_eq!(item[member], property[member], "{view}: {member}");
                    }
                    assert_eq!(item["nightly"], property["pricing"]["nightly"]);
                    assert!(item.to_string().len() * 2 < property.to_string().len());
                }
                assert_eq!(items.len(), whole.len());
                let of_stay = ["check_in", "check_out", "total"];
                let mut expected = match view {
                    "card" => CARD.to_vec(),
                    _ => vec!["id", "location", "nightly"],
                };
                if query == dated {
                    expected.extend(of_stay);
                    expected.sort_unstable();
                }
                assert_eq!(members(&items[0]), expected, "{view}");
                // A list that was begun in one view goes on in another.
                let next = found["next_cursor"].as_str().unwrap();
                let rest = client.get(&format!("{path}&cursor={next}")).expect(200);
                assert_eq!(rest.json()["data"].as_array().unwrap().len(), 2);
            }
        }
        let (_, cards) = count(
            &stage,
            &client,
            "/v1/properties?view=card&expand=host&limit=2",
        );
        assert_eq!(cards["cards"][1]["host"]["id"], json!(host.id));
        assert_eq!(cards["cards"][1]["host_id"], json!(host.id));
        let full = client.get("/v1/properties?view=full&limit=2").expect(200);
        assert_eq!(full.json()["data"].as_array().unwrap().len(), 2);
        for (query, pointer) in [
            ("view=list", "/view"),
            ("view=", "/view"),
            ("view=pin&expand=host", "/expand"),
        ] {
            let refused = client.get(&format!("/v1/properties?{query}"));
            let refused = refused.expect_problem(422, "validation_failed");
            assert_eq!(refused.at("/errors/0/pointer"), pointer, "{query}");
        }
        let own = host.client.get("/v1/properties?host_id=me&view=card");
        assert_eq!(own.expect(200).json()["cards"].as_array().unwrap().len(), 5);
    }
}

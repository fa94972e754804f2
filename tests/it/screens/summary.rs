//! Summaries of searches.

use chrono::Days;
use serde_json::{Value, json};
use sojourn_domain::property::{
    Location, Pricing, Property, PropertyChange, PropertyRecord, PropertyRepository,
    PropertyStatus, PropertyType,
};
use sojourn_domain::shared::{Currency, Money};
use sojourn_persistence::Database;
use sojourn_tests::{Client, cabin_of, databases, insert_user, usd};

use super::expand::count;
use crate::contract::raw_sql::raw;
use crate::graphql::data;
use crate::graphql::statement_counts::Stage;

async fn insert(database: &Database, change: impl FnOnce(&mut PropertyRecord)) -> (String, String) {
    let host = insert_user(database, "host").await;
    let mut record = cabin_of(host.id).into_record();
    change(&mut record);
    let property = Property::restore(record).unwrap();
    PropertyRepository::commit(database, PropertyChange::of(property.clone()))
        .await
        .unwrap();
    (property.id.to_string(), host.id.to_string())
}

fn summary(client: &Client, query: &str) -> Value {
    client
        .get(&format!("/v1/properties/summary?{query}"))
        .expect(200)
        .json()
}

#[test]
fn a_summary_counts_what_the_search_finds() {
    for test in databases() {
        let stage = Stage::new(&test);
        let database = &stage.database;
        let nightly = |amount| Some(Pricing::nightly(usd(amount)));
        let (own, host, far) = stage.server.block_on(async {
            let (own, host) = insert(database, |it| {
                it.details.bedrooms = 2;
                it.details.property_type = PropertyType::Cabin;
            })
            .await;
            for (price, bedrooms) in [(120_00, 1), (300_00, 2)] {
                insert(database, |it| {
                    it.details.pricing = nightly(price);
                    it.details.bedrooms = bedrooms;
                    it.details.amenities = vec!["wifi".into()];
                })
                .await;
            }
            let (far, _) = insert(database, |it| {
                it.details.location = Some(Location {
                    latitude: 47.123_456,
                    longitude: 8.123_456,
                });
                it.details.booking_mode = sojourn_domain::property::BookingMode::Request;
            })
            .await;
            insert(database, |it| {
                it.details.pricing = Some(Pricing::nightly(Money::new(
                    50_00,
                    Currency::parse("EUR").unwrap(),
                )));
            })
            .await;
            insert(database, |it| it.status = PropertyStatus::Unlisted).await;
            (own, host, far)
        });
        raw(&test, "UPDATE users SET email_verified = TRUE").unwrap();
        let client = stage.server.client();
        let (statements, all) = count(&stage, &client, "/v1/properties/summary");
        assert!(
            statements.len() <= 5,
            "{}: {}",
            test.name,
            statements.join("\n")
        );
        assert_eq!(
            all["count"],
            json!({"value": 5, "at_least": false}),
            "{}",
            test.name
        );
        assert_eq!(all["price_histogram"]["currency"], "USD");
        let buckets = all["price_histogram"]["buckets"].as_array().unwrap();
        assert_eq!(
            buckets
                .iter()
                .map(|it| it["count"].as_u64().unwrap())
                .sum::<u64>(),
            4
        );
        assert_eq!(
            (&buckets[0]["from"], &buckets[0]["count"]),
            (&json!(100_00), &json!(2))
        );
        let facets = &all["facets"];
        assert_eq!(
            facets["amenities"],
            json!([{"value": "wifi", "count": 5}, {"value": "kitchen", "count": 3}])
        );
        assert_eq!(
            facets["property_type"],
            json!([{"value": "other", "count": 4}, {"value": "cabin", "count": 1}])
        );
        assert_eq!(facets["room_type"][0]["count"], 5);
        assert_eq!(facets["instant"], 4);
        assert_eq!(all["clusters"], json!([]));
        // The numbers are those of the list, whatever the filter.
        let today = stage.server.ports.clock.now().date_naive();
        let dates = format!(
            "check_in={}&check_out={}",
            today + Days::new(30),
            today + Days::new(33)
        );
        for query in [
            "bedrooms_min=2".to_owned(),
            "amenities=kitchen".to_owned(),
            "currency=USD&price_max=15000".to_owned(),
            "currency=USD&price_min=20000".to_owned(),
            "property_type=cabin".to_owned(),
            "near=42.65,-73.75&radius_km=10".to_owned(),
            "country=US&q=lake".to_owned(),
            format!("host_id={host}"),
            format!("{dates}&guests=2"),
            format!("{dates}&currency=USD&price_max=15000"),
            format!("{dates}&guests=5"),
        ] {
            let found = summary(&client, &query);
            let list = client
                .get(&format!("/v1/properties?limit=100&{query}"))
                .expect(200)
                .json();
            let listed = list["data"].as_array().unwrap().len();
            assert_eq!(found["count"]["value"], listed, "{}: {query}", test.name);
        }
        // Clusters are of displayed locations.
        let map = summary(&client, "bbox=-180,-80,180,80&zoom=3&currency=USD");
        let clusters = map["clusters"].as_array().unwrap();
        assert_eq!(clusters.len(), 2, "{map}");
        let single = clusters.iter().find(|it| it["count"] == 1).unwrap();
        assert_eq!(single["property_id"], json!(far));
        assert_eq!(
            single["location"],
            json!({"latitude": 47.12, "longitude": 8.12})
        );
        let group = clusters.iter().find(|it| it["count"] == 3).unwrap();
        assert_eq!(
            (&group["price_from"]["amount"], &group["property_id"]),
            (&json!(100_00), &Value::Null)
        );
        // It is cached for every caller, until a property changes.
        let operator = stage.server.operator();
        let path = "/v1/properties/summary?property_type=cabin";
        client.get(path).expect(200);
        assert_eq!(
            operator.get(path).header("cache-status"),
            Some("sojourn; hit")
        );
        operator
            .post(
                &format!("/v1/admin/properties/{own}/suspend"),
                &json!({"reason": "a test"}),
            )
            .expect(200);
        assert_eq!(summary(&client, "property_type=cabin")["count"]["value"], 0);
        assert_eq!(
            summary(&client, "property_type=cabin")["price_histogram"],
            Value::Null
        );
        for (query, pointer) in [
            ("zoom=23", "/zoom"),
            ("bbox=1,2,3&zoom=-1", "/bbox"),
            ("limit=3", "/limit"),
        ] {
            let refused = client.get(&format!("/v1/properties/summary?{query}"));
            let refused = refused.expect_problem(422, "validation_failed").json();
            let pointers: Vec<_> = refused["errors"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["pointer"].clone())
                .collect();
            assert!(pointers.contains(&json!(pointer)), "{query}: {pointers:?}");
        }
        let document = "query($zoom: Int) { searchSummary(search: {currency: \"USD\", bbox: {west: -180, south: -80, east: 180, north: 80}}, zoom: $zoom) {
            count atLeast clusters { count propertyId } priceHistogram { currency buckets { from to count } } propertyTypes { value count } } }";
        let found = data(&client, document, &json!({"zoom": 3}));
        let found = &found["searchSummary"];
        assert_eq!(
            (&found["count"], &found["atLeast"]),
            (&json!(3), &json!(false))
        );
        assert_eq!(
            found["propertyTypes"],
            json!([{"value": "OTHER", "count": 3}])
        );
        assert_eq!(
            crate::graphql::code(&client, document, &json!({"zoom": 23})),
            "validation_failed"
        );
    }
}

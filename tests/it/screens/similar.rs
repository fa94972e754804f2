//! Properties that are like another one.

use serde_json::{Value, json};
use sojourn_domain::property::{
    Location, Pricing, Property, PropertyChange, PropertyRepository, RoomType,
};
use sojourn_domain::shared::{Currency, Money};
use sojourn_persistence::Database;
use sojourn_tests::{cabin_of, databases, insert_user, usd};

use super::expand::count;
use crate::contract::raw_sql::raw;
use crate::graphql::data;
use crate::graphql::statement_counts::Stage;

async fn insert(
    database: &Database,
    change: impl FnOnce(&mut sojourn_domain::property::PropertyRecord),
) -> String {
    let host = insert_user(database, "host").await;
    let mut record = cabin_of(host.id).into_record();
    change(&mut record);
    let property = Property::restore(record).unwrap();
    PropertyRepository::commit(database, PropertyChange::of(property.clone()))
        .await
        .unwrap();
    property.id.to_string()
}

fn ids(items: &Value) -> Vec<&str> {
    items
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect()
}

#[test]
fn similar_properties_are_near_and_of_like_price_and_size() {
    for test in databases() {
        let stage = Stage::new(&test);
        let database = &stage.database;
        let nightly = |amount| Some(Pricing::nightly(usd(amount)));
        let at = |latitude, longitude| {
            Some(Location {
                latitude,
                longitude,
            })
        };
        let (own, expected, hidden) = stage.server.block_on(async {
            let own = insert(database, |_| {}).await;
            let larger = insert(database, |it| it.details.max_guests = Some(6)).await;
            let next_door = insert(database, |it| {
                it.details.location = at(42.651_23, -73.751_23);
            })
            .await;
            let dear = insert(database, |it| it.details.pricing = nightly(180_00)).await;
            let farther = insert(database, |it| it.details.location = at(42.65, -73.65)).await;
            // Neither of another kind or currency, nor far away, nor not listed.
            insert(database, |it| it.details.room_type = RoomType::PrivateRoom).await;
            let euro = Currency::parse("EUR").unwrap();
            insert(database, |it| {
                it.details.pricing = Some(Pricing::nightly(Money::new(100_00, euro)));
            })
            .await;
            insert(database, |it| it.details.location = at(43.65, -73.75)).await;
            let unlisted = sojourn_domain::property::PropertyStatus::Unlisted;
            let hidden = insert(database, |it| it.status = unlisted).await;
            (own, [next_door, larger, farther, dear], hidden)
        });
        raw(&test, "UPDATE users SET email_verified = TRUE").unwrap();
        let client = stage.server.client();
        let path = format!("/v1/properties/{own}/similar");
        let (statements, found) = count(&stage, &client, &path);
        assert_eq!(
            statements.len(),
            2,
            "{}: {}",
            test.name,
            statements.join("\n")
        );
        assert_eq!(ids(&found["data"]), expected, "{}", test.name);
        assert_eq!(found["next_cursor"], Value::Null);
        let first = &found["data"][0];
        assert_eq!(
            first["location"],
            json!({"latitude": 42.65, "longitude": -73.75})
        );
        assert_eq!(first["address"]["line1"], Value::Null);
        // The host and operators see no more of the others.
        let operator = stage.server.operator();
        assert_eq!(operator.get(&path).expect(200).json(), found);
        let two = client.get(&format!("{path}?limit=2")).expect(200).json();
        assert_eq!(ids(&two["data"]), expected[..2]);
        for limit in ["0", "21", "x"] {
            client
                .get(&format!("{path}?limit={limit}"))
                .expect_problem(422, "validation_failed");
        }
        client
            .get(&format!("/v1/properties/{hidden}/similar"))
            .expect_problem(404, "not_found");
        // It comes from the cache until a property changes.
        client.get(&path).expect(200);
        assert_eq!(
            client.get(&path).header("cache-status"),
            Some("sojourn; hit")
        );
        operator
            .post(
                &format!("/v1/admin/properties/{}/suspend", expected[0]),
                &json!({"reason": "a test"}),
            )
            .expect(200);
        assert_eq!(
            ids(&client.get(&path).expect(200).json()["data"]),
            expected[1..]
        );

        let document =
            "query($id: UUID!, $first: Int!) { similarProperties(propertyId: $id, first: $first) {
            id location { latitude } } }";
        let found = data(&client, document, &json!({"id": own, "first": 2}));
        assert_eq!(ids(&found["similarProperties"]), expected[1..3]);
        let none = data(&client, document, &json!({"id": hidden, "first": 2}));
        assert_eq!(none["similarProperties"], Value::Null);
        let code = crate::graphql::code(&client, document, &json!({"id": own, "first": 21}));
        assert_eq!(code, "validation_failed");
    }
}

//! The page of a listing takes three calls.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sojourn_domain::booking::Booking;
use sojourn_domain::review::{Category, Review, ReviewRepository, ReviewText, Scores};
use sojourn_domain::shared::{BookingRole, ReviewId};
use sojourn_tests::{
    databases, insert_cabin, insert_completed_stay, insert_user, new_id, now, stay,
};

use super::expand::count;
use crate::contract::raw_sql::raw;
use crate::graphql::data;
use crate::graphql::statement_counts::Stage;

/// A review by a guest with scores for two categories.
fn rated(
    booking: &Booking,
    overall: u8,
    location: u8,
    value: Option<u8>,
) -> sojourn_domain::review::ReviewChange {
    let mut categories = BTreeMap::from([(Category::Location, location)]);
    categories.extend(value.map(|value| (Category::Value, value)));
    let text = ReviewText {
        scores: Scores {
            overall,
            categories,
        },
        public_comment: "Quiet.".to_owned(),
        private_note: None,
    };
    Review::write(
        ReviewId::new(new_id()),
        booking,
        BookingRole::Guest,
        text,
        None,
        now(),
    )
    .unwrap()
}

#[test]
fn a_listing_has_its_host_ratings_reviews_and_refunds_in_three_calls() {
    for test in databases() {
        let stage = Stage::new(&test);
        let (_, host) = stage.member(&test, "hannah");
        let cabin = stage.server.block_on(async {
            let cabin = insert_cabin(&stage.database, &host).await;
            let other = insert_cabin(&stage.database, &host).await;
            let scores = [(5, 5, Some(2)), (4, 4, None), (5, 4, Some(3)), (1, 5, None)];
            for (number, (overall, location, value)) in (0..).zip(scores) {
                let guest = insert_user(&stage.database, "reviewer").await;
                let nights = stay(3 * number, 3 * number + 2);
                for property in [&cabin, &other] {
                    let booking =
                        insert_completed_stay(&stage.database, property, &guest, nights).await;
                    let review = rated(&booking, overall, location, value);
                    ReviewRepository::commit(&stage.database, review)
                        .await
                        .unwrap();
                }
            }
            cabin
        });
        // The last one is not published, and another one does not count.
        raw(
            &test,
            "UPDATE reviews SET published_at = created_at WHERE overall > 1",
        )
        .unwrap();
        raw(
            &test,
            "UPDATE properties SET rating_sum = 14, rating_count = 3",
        )
        .unwrap();
        raw(&test, "UPDATE users SET email_verified = TRUE").unwrap();
        let client = stage.server.client();
        let path = format!("/v1/properties/{}?expand=host,ratings", cabin.id);
        let (statements, property) = count(&stage, &client, &path);
        assert_eq!(
            statements.len(),
            3,
            "{}: {}",
            test.name,
            statements.join("\n")
        );
        assert_eq!(property["host"]["first_name"], "hannah");
        assert_eq!(property["rating"], json!({"average": 4.67, "count": 3}));
        let ratings = &property["ratings"];
        assert_eq!(ratings["stars"], json!([0, 0, 0, 1, 2]), "{}", test.name);
        assert_eq!(ratings["categories"]["location"], 4.33);
        // Fewer than three guests have rated the value, and none the cleanliness.
        assert_eq!(ratings["categories"]["value"], Value::Null);
        assert_eq!(ratings["categories"]["cleanliness"], Value::Null);
        let reviews = format!("/v1/properties/{}/reviews?expand=reviewer", cabin.id);
        let (statements, reviews) = count(&stage, &client, &reviews);
        assert_eq!(
            (statements.len(), reviews["data"].as_array().unwrap().len()),
            (3, 3)
        );
        assert_eq!(reviews["data"][0]["reviewer"]["first_name"], "reviewer");
        let today = stage.server.ports.clock.now().date_naive();
        let (from, to) = (today + chrono::Days::new(30), today + chrono::Days::new(33));
        let quote = format!(
            "/v1/properties/{}/quote?check_in={from}&check_out={to}",
            cabin.id
        );
        let (_, quote) = count(&stage, &client, &quote);
        assert!(
            !quote["refund_schedule"]
                .as_array()
                .or(quote["curve"].as_array())
                .unwrap()
                .is_empty(),
            "{quote}"
        );

        let document = "query($id: UUID!) { property(id: $id) { ratings { stars categories { location value } } } }";
        let found = data(&client, document, &json!({"id": cabin.id}));
        let expected =
            json!({"stars": [0, 0, 0, 1, 2], "categories": {"location": 4.33, "value": null}});
        assert_eq!(found["property"]["ratings"], expected);

        raw(
            &test,
            "UPDATE reviews SET counted = FALSE WHERE overall = 4",
        )
        .unwrap();
        let property = client.get(&path).expect(200).json();
        assert_eq!(property["ratings"]["stars"], json!([0, 0, 0, 0, 2]));
        client
            .get("/v1/properties?expand=ratings")
            .expect_problem(422, "validation_failed");
    }
}

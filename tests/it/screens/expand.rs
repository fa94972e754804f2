//! Resources that are included in others.

use serde_json::{Value, json};
use sojourn_domain::review::{ReviewRepository, Subject};
use sojourn_tests::{
    Client, booking_of, databases, insert_cabin, insert_completed_stay, insert_paid_stay,
    insert_request, insert_user, stay,
};

use super::review_of;
use crate::contract::raw_sql::raw;
use crate::graphql::statement_counts::Stage;

/// The statements of a GET once everything that outlives a request is known, and its body.
pub fn count(stage: &Stage, client: &Client, path: &str) -> (Vec<String>, Value) {
    client.get(path).expect(200);
    stage.server.block_on(stage.server.ports.cache.clear());
    // The session is read again, whatever the path.
    client.get("/v1/users/me");
    stage.log.take();
    let body = client.get(path).expect(200).json();
    (stage.log.take(), body)
}

/// Checks that a list takes as many statements for few items as for many, and at most so many; and returns the items.
fn constant(stage: &Stage, client: &Client, path: &str, most: usize) -> Vec<Value> {
    let run = |limit: usize| {
        let (statements, body) = count(stage, client, &format!("{path}&limit={limit}"));
        let items = body["data"].as_array().unwrap().clone();
        assert_eq!(items.len(), limit, "{path}");
        (statements, items)
    };
    let ((few, _), (many, items)) = (run(5), run(20));
    let list = many.join("\n");
    assert_eq!(few.len(), many.len(), "{path}, {}:\n{list}", few.join("\n"));
    assert!(
        many.len() <= most,
        "{path}: {} of {most}:\n{list}",
        many.len()
    );
    items
}

/// The resource that the caller gets by its own operation; nothing if it is not visible.
fn own(client: &Client, path: &str) -> Value {
    let answer = client.get(path);
    if answer.status == 404 {
        return Value::Null;
    }
    answer.expect(200).json()
}

fn id<'a>(item: &'a Value, name: &str) -> &'a str {
    item[name].as_str().unwrap()
}

#[test]
fn a_page_of_trips_with_all_that_belongs_to_them_takes_eight_statements() {
    for test in databases() {
        let stage = Stage::new(&test);
        let (guest, user) = stage.member(&test, "gus");
        stage.server.block_on(async {
            for (number, property) in (0..).zip(stage.cabins(20).await) {
                let nights = stay(3 * number, 3 * number + 2);
                insert_paid_stay(&stage.database, &property, &user, nights).await;
            }
        });
        raw(&test, "UPDATE users SET email_verified = TRUE").unwrap();
        let path = "/v1/bookings?role=guest&expand=host,property,guest,payment";
        let trips = constant(&stage, &guest.client, path, 8);
        for trip in [&trips[0], &trips[19]] {
            let property = own(
                &guest.client,
                &format!("/v1/properties/{}", id(trip, "property_id")),
            );
            assert_eq!(trip["property"], property);
            assert_eq!(property["address"]["line1"], "1 Lake Road");
            let payment = own(
                &guest.client,
                &format!("/v1/payments/{}", id(trip, "payment_id")),
            );
            assert_eq!(
                (&trip["payment"], &payment["status"]),
                (&payment, &json!("captured"))
            );
            let host = own(&guest.client, &format!("/v1/users/{}", id(trip, "host_id")));
            assert_eq!((&trip["host"], &host["view"]), (&host, &json!("public")));
            // The caller's own profile is in its public form.
            let guest_id = id(trip, "guest_id");
            let profile = own(&stage.server.client(), &format!("/v1/users/{guest_id}"));
            assert_eq!(trip["guest_profile"], profile);
            assert!(trip["guest"].is_null());
            let one = format!(
                "/v1/bookings/{}?expand=host,property,guest,payment",
                id(trip, "id")
            );
            assert_eq!(&own(&guest.client, &one), trip);
        }
        let plain = own(
            &guest.client,
            &format!("/v1/bookings/{}", id(&trips[0], "id")),
        );
        for name in ["host", "property", "guest_profile", "payment"] {
            assert!(plain.get(name).is_none(), "{name}");
        }
        // What is included is no part of what a cursor belongs to.
        let first = guest
            .client
            .get("/v1/bookings?limit=5&expand=host")
            .expect(200);
        let next = format!(
            "/v1/bookings?limit=5&expand=property&cursor={}",
            first.at("/next_cursor")
        );
        assert!(guest.client.get(&next).expect(200).json()["data"][0]["property"].is_object());
    }
}

#[test]
fn what_is_included_is_what_the_caller_may_see() {
    for test in databases() {
        let stage = Stage::new(&test);
        let (host, host_user) = stage.member(&test, "hannah");
        let (guest, guest_user) = stage.member(&test, "gus");
        let (paid, request) = stage.server.block_on(async {
            let cabin = insert_cabin(&stage.database, &host_user).await;
            let paid = insert_paid_stay(&stage.database, &cabin, &guest_user, stay(1, 3)).await;
            let request =
                insert_request(&stage.database, &host_user, &guest_user, stay(5, 7)).await;
            (paid, request)
        });
        let one = |client: &Client, booking: &sojourn_domain::booking::Booking| {
            own(
                client,
                &format!(
                    "/v1/bookings/{}?expand=guest,property,payment,host",
                    booking.id
                ),
            )
        };
        // A guest without a confirmed booking sees neither the street nor the exact location.
        let asking = one(&guest.client, &request);
        assert_eq!(asking["property"]["address"]["line1"], Value::Null);
        assert_ne!(asking["property"]["location"]["latitude"], json!(42.6526));
        let property = own(
            &guest.client,
            &format!("/v1/properties/{}", request.property_id),
        );
        assert_eq!(asking["property"], property);
        assert!(asking.get("payment").is_none());
        assert_eq!(
            one(&guest.client, &paid)["property"]["address"]["line1"],
            "1 Lake Road"
        );
        // Contacts of the guest only once it is confirmed, with the profile in either case.
        let (asked, booked) = (one(&host.client, &request), one(&host.client, &paid));
        assert_eq!(asked["guest"]["email"], Value::Null);
        assert_eq!(booked["guest"]["email"], "gus@test.example");
        for booking in [&asked, &booked] {
            assert_eq!(booking["guest_profile"]["first_name"], "gus");
            assert!(booking["guest_profile"].get("email").is_none());
            assert_eq!(booking["property"]["address"]["line1"], "1 Lake Road");
        }
        // A property that is no longer listed is there for those who booked it alone, and a closed account for none.
        raw(&test, "UPDATE properties SET status = 'unlisted'").unwrap();
        raw(
            &test,
            "UPDATE users SET erased_at = created_at, email_verified = FALSE, password_hash = NULL WHERE first_name = 'hannah'",
        )
        .unwrap();
        let asking = one(&guest.client, &request);
        assert!(
            asking.get("property").is_none() && asking.get("host").is_none(),
            "{asking}"
        );
        assert!(one(&guest.client, &paid)["property"].is_object());
        let operator = stage.server.operator();
        let list = operator
            .get("/v1/admin/bookings?expand=payment,property,guest")
            .expect(200)
            .json();
        let of_paid = list["data"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["id"] == paid.id.to_string());
        assert_eq!(of_paid.unwrap()["payment"]["status"], "captured");
        assert_eq!(
            of_paid.unwrap()["property"]["address"]["line1"],
            "1 Lake Road"
        );
        // Strangers see nothing of it, and are not told what they may include.
        let (stranger, _) = stage.member(&test, "sam");
        let path = format!("/v1/bookings/{}?expand=wrong", paid.id);
        stranger.client.get(&path).expect_problem(404, "not_found");
    }
}

#[test]
fn requests_reviews_payments_and_searches_take_constant_numbers_of_statements() {
    for test in databases() {
        let stage = Stage::new(&test);
        let (host, host_user) = stage.member(&test, "hannah");
        let (guest, guest_user) = stage.member(&test, "gus");
        let cabin = stage.server.block_on(async {
            let cabin = insert_cabin(&stage.database, &host_user).await;
            for number in 0..20_u64 {
                let asking = insert_user(&stage.database, "asking").await;
                let nights = stay(100 + 3 * number, 102 + 3 * number);
                insert_request(&stage.database, &host_user, &asking, nights).await;
                let nights = stay(3 * number, 3 * number + 2);
                insert_paid_stay(&stage.database, &cabin, &guest_user, nights).await;
                let nights = stay(100 + 3 * number, 102 + 3 * number);
                let reviewer = insert_user(&stage.database, "reviewer").await;
                let completed =
                    insert_completed_stay(&stage.database, &cabin, &reviewer, nights).await;
                for subject in [Subject::Property, Subject::Guest] {
                    let stored = booking_of(&stage.database, completed.id).await;
                    let review = review_of(&stored, subject, 5);
                    ReviewRepository::commit(&stage.database, review)
                        .await
                        .unwrap();
                }
            }
            cabin
        });
        raw(&test, "UPDATE users SET email_verified = TRUE").unwrap();
        raw(&test, "UPDATE reviews SET published_at = created_at").unwrap();
        let path = "/v1/bookings?role=host&status=awaiting_host&expand=guest,property";
        let requests = constant(&stage, &host.client, path, 5);
        assert_eq!(requests[0]["guest_profile"]["first_name"], "asking");

        let anonymous = stage.server.client();
        let path = format!("/v1/properties/{}/reviews?expand=reviewer", cabin.id);
        let reviews = constant(&stage, &anonymous, &path, 3);
        let reviewer = own(
            &anonymous,
            &format!("/v1/users/{}", id(&reviews[0], "reviewer_id")),
        );
        assert_eq!(
            (&reviews[0]["reviewer"], &reviewer["first_name"]),
            (&reviewer, &json!("reviewer"))
        );
        let path = "/v1/reviews?expand=property,reviewer";
        let written = constant(&stage, &host.client, path, 5);
        assert_eq!(written[0]["property"]["title"], "Cabin");
        let one = format!("/v1/reviews/{}?expand=property", id(&reviews[0], "id"));
        let of_review = own(&anonymous, &one);
        assert_eq!(
            of_review["property"],
            own(&anonymous, &format!("/v1/properties/{}", cabin.id))
        );

        let payments = constant(&stage, &guest.client, "/v1/payments?expand=property", 9);
        assert_eq!(payments[0]["property"]["address"]["line1"], "1 Lake Road");
        let path = format!("/v1/payments/{}?expand=property", id(&payments[0], "id"));
        assert_eq!(own(&guest.client, &path), payments[0]);

        let found = constant(&stage, &anonymous, "/v1/properties?expand=host", 2);
        assert!(found.iter().all(|it| it["host"]["first_name"] == "hannah"));
        let one = format!("/v1/properties/{}?expand=host", cabin.id);
        let host_of = || own(&anonymous, &one)["host"]["first_name"].clone();
        assert_eq!(host_of(), "hannah");
        // It is never older than the profile.
        host.client
            .send(
                "PATCH",
                &format!("/v1/users/{}", host.id),
                &[("content-type", "application/json")],
                Some(json!({"first_name": "Hanna"}).to_string()),
            )
            .expect(200);
        assert_eq!(host_of(), "Hanna");
        for path in [
            "/v1/properties?expand=guest".to_owned(),
            format!("/v1/properties/{}?expand=", cabin.id),
            format!("/v1/properties/{}/reviews?expand=host&limit=0", cabin.id),
        ] {
            let refused = anonymous
                .get(&path)
                .expect_problem(422, "validation_failed");
            assert_eq!(
                refused.json()["errors"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|it| it["pointer"] == "/expand")
                    .count(),
                1
            );
        }
    }
}

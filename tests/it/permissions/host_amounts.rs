//! Fee and payout of the host of a property are shown to the host and to operators only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sojourn_tests::TestDatabase;

use super::fixture::{Marketplace, stay_body};
use super::table::Actor;
use crate::graphql::data;

const QUOTE: &str = "query($id: UUID!, $input: QuoteInput!) {
    quote(propertyId: $id, input: $input) { total { amount } hostFee { amount } hostPayout { amount } } }";

#[test]
fn quotes_show_the_amounts_of_the_host_to_host_and_operators_only() {
    let marketplace = Marketplace::build(&TestDatabase::sqlite());
    let property = marketplace.resource("property");
    let mut body = stay_body(property, 60, 62);
    body.as_object_mut().unwrap().remove("property_id");
    let (from, to) = (&body["check_in"], &body["check_out"]);
    let path = format!("/v1/properties/{property}/quote");
    let dates = format!(
        "check_in={}&check_out={}",
        from.as_str().unwrap(),
        to.as_str().unwrap()
    );
    let input = json!({"checkIn": from, "checkOut": to, "guests": {"adults": 2}});
    for actor in Actor::ALL.into_iter().filter(|it| *it != Actor::Suspended) {
        let client = marketplace.client("", actor);
        let is_shown = matches!(actor, Actor::Host | Actor::Admin);
        for quote in [
            client
                .get(&format!("{path}?{dates}&adults=2"))
                .expect(200)
                .json(),
            client.post(&path, &body).expect(200).json(),
        ] {
            // Two nights at 100.00, of which the host pays 3 %.
            let (fee, payout) = (&quote["host_fee"], &quote["host_payout"]);
            assert_eq!(fee["amount"] == 6_00, is_shown, "{actor:?}: {quote}");
            assert_eq!(payout["amount"] == 194_00, is_shown, "{actor:?}: {quote}");
            assert_eq!(quote.get("host_fee").is_some(), is_shown, "{quote}");
            assert_eq!(quote.get("host_payout").is_some(), is_shown, "{quote}");
            let token = quote["token"].as_str().unwrap();
            let bytes = URL_SAFE_NO_PAD.decode(token).unwrap();
            let name = b"host_payout";
            assert!(
                !bytes.windows(name.len()).any(|it| it == name),
                "the token can be read"
            );
        }
        let quote = data(&client, QUOTE, &json!({"id": property, "input": input}))["quote"].clone();
        assert_eq!(
            quote["hostFee"]["amount"] == 6_00,
            is_shown,
            "{actor:?}: {quote}"
        );
        assert_eq!(
            quote["hostPayout"]["amount"] == 194_00,
            is_shown,
            "{actor:?}: {quote}"
        );
    }
}

#[test]
fn bookings_show_the_payout_to_host_and_operators_only() {
    let marketplace = Marketplace::build(&TestDatabase::sqlite());
    let booking = marketplace.resource("confirmed");
    let path = format!("/v1/bookings/{booking}");
    let document = "query($id: UUID!) { booking(id: $id) { hostPayout { amount } } }";
    for (actor, is_shown) in [
        (Actor::Guest, false),
        (Actor::Host, true),
        (Actor::Admin, true),
    ] {
        let client = marketplace.client("", actor);
        let shown = client.get(&path).expect(200).json();
        // Three nights at 100.00, less 3 %.
        assert_eq!(
            shown.get("host_payout").is_some(),
            is_shown,
            "{actor:?}: {shown}"
        );
        assert_eq!(
            shown["host_payout"]["amount"] == 291_00,
            is_shown,
            "{actor:?}: {shown}"
        );
        let found = data(&client, document, &json!({"id": booking}))["booking"].clone();
        let expected = if is_shown {
            json!({"amount": 291_00})
        } else {
            Value::Null
        };
        assert_eq!(found["hostPayout"], expected, "{actor:?}");
    }
    let guest = marketplace.client("", Actor::Guest);
    for path in ["/v1/bookings/?limit=100", "/v1/users/me/export"] {
        let text = guest.get(path).expect(200).json().to_string();
        assert!(text.contains(booking), "{path}");
        assert!(!text.contains("host_payout"), "{path}");
    }
    // A guest's own changes answer with the guest's view.
    let made = guest.post(
        "/v1/bookings/",
        &stay_body(marketplace.resource("shown"), 60, 62),
    );
    assert_eq!(made.expect(201).json().get("host_payout"), None);
}

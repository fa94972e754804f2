//! Requests about accounts, properties and reviews.

use serde_json::{Value, json};
use sojourn_tests::PASSWORD;
use uuid::Uuid;

use super::cases::Case;
use super::marketplace::{Marketplace, Request, Sender};
use crate::jobs::fixture::later_mail;
use crate::security::support::authenticator::enrol_second_factor;

pub const OTHERS: &[Case] = &[
    Case::new("register_user", 201, |_| {
        let email = format!("new-{}@test.example", Uuid::now_v7().simple());
        registration(&email)
    }),
    Case::new("register_user", 201, |market| {
        registration(&market.guest.email)
    })
    .variant("known address"),
    Case::new("create_property", 201, |market| {
        market.by_host("/v1/properties/".into(), json!({"title": "Another"}))
    }),
    Case::new("publish_property", 200, |market| {
        let property = market.listing("instant");
        let unpublish = format!("/v1/properties/{property}/unpublish");
        let host = &market.host.client;
        host.post(&unpublish, &Value::Null).expect(200);
        market.by_host(format!("/v1/properties/{property}/publish"), json!({}))
    }),
    Case::new("unpublish_property", 200, |market| {
        let path = format!("/v1/properties/{}/unpublish", market.listing("instant"));
        market.by_host(path, json!({}))
    }),
    Case::new("suspend_property", 200, |market| {
        by_operator_about(market, "properties", &market.listing("instant"), "suspend")
    }),
    Case::new("reinstate_property", 200, |market| {
        let property = market.listing("instant");
        let reason = json!({"reason": "a test"});
        let suspend = format!("/v1/admin/properties/{property}/suspend");
        let operator = &market.operator.client;
        operator.post(&suspend, &reason).expect(200);
        by_operator_about(market, "properties", &property, "reinstate")
    }),
    Case::new("waive_debt", 200, |market| {
        let debtor = market.debtor();
        let body = json!({"currency": "USD", "reason": "a test"});
        market.by_operator(format!("/v1/admin/users/{debtor}/waive-debt"), body)
    }),
    Case::new("suspend_account", 200, |market| {
        let member = market.server.sign_up_member("suspended");
        by_operator_about(market, "users", &member.id, "suspend")
    }),
    Case::new("reinstate_account", 200, |market| {
        let member = market.server.sign_up_member("reinstated");
        let reason = json!({"reason": "a test"});
        let suspend = format!("/v1/admin/users/{}/suspend", member.id);
        let operator = &market.operator.client;
        operator.post(&suspend, &reason).expect(200);
        by_operator_about(market, "users", &member.id, "reinstate")
    }),
    Case::new("reset_totp", 204, |market| {
        let member = market.server.sign_up_member("forgetful");
        enrol_second_factor(&member.client);
        by_operator_about(market, "users", &member.id, "totp/reset")
    }),
    Case::new("retry_job", 204, |market| {
        by_operator_about(market, "jobs", &later_mail(market.server), "retry")
    }),
    Case::new("discard_job", 204, |market| {
        by_operator_about(market, "jobs", &later_mail(market.server), "discard")
    }),
    Case::new("create_review", 201, |market| {
        let body = review(&market.reviewable());
        market.by_guest("/v1/reviews/".into(), body)
    }),
    Case::new("create_review", 201, |market| {
        let body = review(&market.reviewable());
        market.guest.client.post("/v1/reviews/", &body).expect(201);
        market.by_host("/v1/reviews/".into(), body)
    })
    .variant("second"),
    Case::new("create_wishlist", 201, |market| {
        market.by_guest("/v1/wishlists/".into(), json!({"name": "Lakes"}))
    }),
    Case::new("share_wishlist", 200, |market| {
        let list = market
            .guest
            .client
            .post("/v1/wishlists/", &json!({"name": "Seas"}));
        let path = format!("/v1/wishlists/{}/share", list.expect(201).at("/id"));
        market.by_guest(path, Value::Null)
    }),
    Case::new("respond_to_review", 201, |market| {
        let body = review(&market.reviewable());
        let written = market.guest.client.post("/v1/reviews/", &body).expect(201);
        market.host.client.post("/v1/reviews/", &body).expect(201);
        let path = format!("/v1/reviews/{}/response", written.at("/id"));
        market.by_host(path, json!({"text": "Thank you."}))
    }),
];

fn registration(email: &str) -> Request {
    Request {
        sender: Sender::Anonymous,
        path: "/v1/users/".into(),
        body: json!({"email": email, "password": PASSWORD, "first_name": "New", "last_name": "Test"}),
    }
}

fn by_operator_about(market: &Marketplace<'_>, kind: &str, id: &str, verb: &str) -> Request {
    let path = format!("/v1/admin/{kind}/{id}/{verb}");
    market.by_operator(path, json!({"reason": "a test"}))
}

fn review(booking: &str) -> Value {
    json!({"booking_id": booking, "rating": 5, "categories": {}, "public_comment": "A good stay."})
}

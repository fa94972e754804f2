//! The requests that check the permissions.

use serde_json::{Value, json};

use super::fixture::{Marketplace, stay_body};
use super::table::Actor;

/// Path and body of a request.
pub struct Request {
    pub path: String,
    pub body: Option<Value>,
}

/// A request of an actor for an operation, valid wherever possible.
pub fn request(marketplace: &Marketplace, operation: &str, actor: Actor, path: &str) -> Request {
    let mut path = format!("{path}{}", query(marketplace, operation));
    for (placeholder, id) in ids(marketplace, operation, actor) {
        path = path.replace(placeholder, id);
    }
    assert!(!path.contains('{'), "{operation}: {path}");
    Request {
        path,
        body: body(marketplace, operation, actor),
    }
}

/// The placeholders of paths, each with the id that an operation by an actor concerns.
pub fn ids<'a>(
    marketplace: &'a Marketplace,
    operation: &str,
    actor: Actor,
) -> [(&'static str, &'a str); 8] {
    [
        ("{user_id}", user(marketplace, operation)),
        ("{session_id}", marketplace.resource("session")),
        ("{property_id}", property(marketplace, operation, actor)),
        ("{booking_id}", booking(marketplace, operation)),
        ("{payment_id}", marketplace.resource("payment")),
        ("{job_id}", marketplace.resource("job")),
        ("{review_id}", review(marketplace, operation, actor)),
        ("{wishlist_id}", wishlist(marketplace, operation)),
    ]
}

fn user<'a>(marketplace: &'a Marketplace, operation: &str) -> &'a str {
    match operation {
        "get_user" | "update_user" | "export_user" | "list_guest_reviews" | "erase_user" => {
            &marketplace.account("guest").id
        }
        _ => &marketplace.account("spare").id,
    }
}

fn property<'a>(marketplace: &'a Marketplace, operation: &str, actor: Actor) -> &'a str {
    match (operation, actor) {
        ("publish_property", _) => marketplace.resource("draft"),
        ("unpublish_property", _) => marketplace.resource("shown"),
        ("suspend_property" | "reinstate_property", _) => marketplace.resource("troublesome"),
        ("delete_property", Actor::Admin) => marketplace.resource("unwelcome"),
        ("delete_property", _) => marketplace.resource("unwanted"),
        _ => marketplace.resource("property"),
    }
}

fn booking<'a>(marketplace: &'a Marketplace, operation: &str) -> &'a str {
    match operation {
        "accept_booking" | "decline_booking" => marketplace.resource("awaiting"),
        "accept_alteration" | "decline_alteration" | "withdraw_alteration" => {
            marketplace.resource("proposed")
        }
        "check_in" | "mark_no_show" => marketplace.resource("arrivable"),
        "check_out" => marketplace.resource("arrived"),
        "cancel_booking" | "cancel_any_booking" => marketplace.resource("held"),
        _ => marketplace.resource("confirmed"),
    }
}

fn review<'a>(marketplace: &'a Marketplace, operation: &str, actor: Actor) -> &'a str {
    match (operation, actor) {
        ("get_review" | "update_review", _) | ("delete_review", Actor::Guest) => {
            marketplace.resource("blind review")
        }
        _ => marketplace.resource("published review"),
    }
}

fn wishlist<'a>(marketplace: &'a Marketplace, operation: &str) -> &'a str {
    match operation {
        "stop_sharing_wishlist" => marketplace.resource("shared wishlist"),
        "delete_wishlist" => marketplace.resource("unwanted wishlist"),
        _ => marketplace.resource("wishlist"),
    }
}

fn query(marketplace: &Marketplace, operation: &str) -> String {
    let day = |ahead: u64| (chrono::Utc::now().date_naive() + chrono::Days::new(ahead)).to_string();
    match operation {
        "get_calendar" => format!("?from={}&to={}", day(1), day(5)),
        "list_calendars" => format!(
            "?property_ids={{property_id}}&from={}&to={}",
            day(1),
            day(5)
        ),
        "search_places" => "?prefix=alb".to_owned(),
        "get_shared_wishlist" => format!("?token={}", marketplace.resource("share token")),
        "get_quote" => format!("?check_in={}&check_out={}&adults=2", day(200), day(203)),
        _ => String::new(),
    }
}

fn body(marketplace: &Marketplace, operation: &str, actor: Actor) -> Option<Value> {
    let nobodys = "x".repeat(43);
    let own = match actor {
        Actor::Anonymous | Actor::Guest => "guest",
        Actor::OtherGuest => "other guest",
        Actor::Host => "host",
        Actor::OtherHost => "other host",
        Actor::Admin => "operator",
        Actor::Suspended => "suspended",
    };
    let nights = 100 + 10 * actor as u64;
    Some(match operation {
        "register_user" => json!({
            "email": format!("new-{}@test.example", actor as u8), "password": "six more quiet lanterns",
            "first_name": "New", "last_name": "Member",
        }),
        "log_in" => {
            json!({"email": marketplace.account(own).email, "password": "four quiet lanterns"})
        }
        "refresh_tokens" => json!({"refresh_token": nobodys}),
        "verify_email" => json!({"token": nobodys}),
        "confirm_email_change" => json!({"token": nobodys}),
        "request_email_change" => {
            json!({"new_email": format!("moved-{}@test.example", actor as u8), "password": "four quiet lanterns"})
        }
        "resend_verification" => json!({"email": "nobody@test.example"}),
        "forgot_password" => json!({"email": "nobody@test.example"}),
        "reset_password" => json!({"token": nobodys, "new_password": "six more quiet lanterns"}),
        "change_password" => {
            json!({"current_password": "none of my passwords", "new_password": "six more quiet lanterns"})
        }
        "confirm_totp" | "disable_totp" => json!({"code": "000000"}),
        "update_me" | "update_user" => json!({"first_name": "Ann"}),
        "create_property" => json!({"title": "Another"}),
        "update_property" => json!({"title": "Cabin by the lake"}),
        "set_calendar" => {
            let stay = stay_body("", 300, 302);
            json!({"from": stay["check_in"], "to": stay["check_out"], "blocked": true})
        }
        "quote" => {
            let mut wish = stay_body("", nights, nights + 3);
            wish.as_object_mut()?.remove("property_id");
            wish
        }
        "create_booking" => stay_body(marketplace.resource("property"), nights, nights + 3),
        "preview_alteration" => {
            json!({"check_out": stay_body("", 40, 54 + actor as u64)["check_out"]})
        }
        "update_booking" => {
            json!({"check_out": stay_body("", 40, 44 + actor as u64)["check_out"]})
        }
        "create_payment" => {
            json!({"booking_id": marketplace.resource("held"), "payment_method": "pm_card_visa"})
        }
        "refund_payment" => {
            json!({"amount": {"amount": 100, "currency": "USD"}, "reason": "a test"})
        }
        "cancel_booking" => json!({"reason": "a test"}),
        "create_review" => json!({
            "booking_id": marketplace.resource("over"), "rating": 4, "categories": {}, "public_comment": "Good.",
        }),
        "update_review" => json!({"public_comment": "Better."}),
        "give_refund" => json!({
            "payment_id": marketplace.resource("payment"), "amount": {"amount": 100, "currency": "USD"}, "reason": "a test",
        }),
        "waive_debt" => json!({"currency": "USD", "reason": "a test"}),
        "cancel_any_booking" => json!({"refund_bps": 10_000, "reason": "a test"}),
        "retry_job" | "discard_job" | "suspend_property" | "reinstate_property"
        | "suspend_account" | "reinstate_account" | "reset_totp" => {
            json!({"reason": "a test"})
        }
        "change_account" => json!({"role": "member"}),
        "create_wishlist" => json!({"name": "Lakes"}),
        "update_wishlist" => json!({"name": "Lakes and rivers"}),
        "save_wishlist_item" => json!({"note": "Close to the water"}),
        "respond_to_review" => json!({"text": "Thank you."}),
        _ => return None,
    })
}

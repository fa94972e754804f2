//! Requests about bookings and payments.

use serde_json::json;

use super::cases::Case;
use crate::security::support::fixtures::{act, booking_body};

pub const BOOKINGS: &[Case] = &[
    Case::new("create_booking", 201, |market| {
        let body = booking_body(&market.listing("instant"), 40, 43);
        market.by_guest("/v1/bookings/".into(), body)
    }),
    Case::new("create_payment", 201, |market| {
        let body = json!({"booking_id": market.held("instant"), "payment_method": "pm_card_visa"});
        market.by_guest("/v1/payments/".into(), body)
    }),
    Case::new("create_payment", 201, |market| {
        let body = json!({"booking_id": market.held("request"), "payment_method": "pm_card_visa"});
        market.by_guest("/v1/payments/".into(), body)
    })
    .variant("authorized"),
    Case::new("create_payment", 402, |market| {
        let booking = market.held("instant");
        let body = json!({"booking_id": booking, "payment_method": "pm_card_chargeDeclined"});
        market.by_guest("/v1/payments/".into(), body)
    })
    .variant("declined"),
    Case::new("accept_booking", 200, |market| {
        let path = format!("/v1/bookings/{}/accept", market.paid("request"));
        market.by_host(path, json!({}))
    }),
    Case::new("decline_booking", 200, |market| {
        let path = format!("/v1/bookings/{}/decline", market.paid("request"));
        market.by_host(path, json!({"reason": "a test"}))
    }),
    Case::new("cancel_booking", 200, |market| {
        let path = format!("/v1/bookings/{}/cancel", market.paid("instant"));
        market.by_guest(path, json!({}))
    }),
    Case::new("cancel_booking", 200, |market| {
        let path = format!("/v1/bookings/{}/cancel", market.paid("instant"));
        market.by_host(path, json!({"reason": "a test"}))
    })
    .variant("by host"),
    Case::new("cancel_any_booking", 200, |market| {
        let path = format!("/v1/admin/bookings/{}/cancel", market.paid("instant"));
        market.by_operator(path, json!({"refund_bps": 10_000, "reason": "a test"}))
    }),
    Case::new("check_in", 200, |market| {
        let path = format!("/v1/bookings/{}/check-in", market.arriving());
        market.by_guest(path, json!({}))
    }),
    Case::new("check_out", 200, |market| {
        let booking = market.arriving();
        act(&market.guest.client, &booking, "check-in");
        market.by_guest(format!("/v1/bookings/{booking}/check-out"), json!({}))
    }),
    Case::new("mark_no_show", 200, |market| {
        let path = format!("/v1/bookings/{}/no-show", market.arriving());
        market.by_host(path, json!({}))
    })
    .ahead(26),
    Case::new("accept_alteration", 200, |market| {
        let path = format!("/v1/bookings/{}/alteration/accept", market.proposed());
        market.by_host(path, json!({}))
    }),
    Case::new("decline_alteration", 200, |market| {
        let path = format!("/v1/bookings/{}/alteration/decline", market.proposed());
        market.by_host(path, json!({}))
    }),
    Case::new("withdraw_alteration", 200, |market| {
        let path = format!("/v1/bookings/{}/alteration/withdraw", market.proposed());
        market.by_guest(path, json!({}))
    }),
    Case::new("refund_payment", 201, |market| {
        let payment = market.payment_of(&market.paid("instant"));
        let body = json!({"amount": {"amount": 100, "currency": "USD"}, "reason": "a test"});
        market.by_host(format!("/v1/payments/{payment}/refunds"), body)
    }),
    Case::new("give_refund", 201, |market| {
        let payment = market.payment_of(&market.paid("instant"));
        let amount = json!({"amount": 100, "currency": "USD"});
        let body = json!({"payment_id": payment, "amount": amount, "reason": "a test"});
        market.by_operator("/v1/admin/refunds".into(), body)
    }),
];

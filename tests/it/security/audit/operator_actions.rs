//! Operator actions on bookings and payments.

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, Server, databases};

use crate::security::audit::audit_log::{check_ledger_and_audit_log, line, log};
use crate::security::support::fixtures::{create_listing, paid_booking};

/// A paid booking and its payment.
fn with_payment(guest: &Client, property: &str) -> (String, String) {
    let booking = paid_booking(guest, property, 40, 43);
    let payment = guest
        .get(&format!("/v1/bookings/{booking}"))
        .expect(200)
        .at("/payment_id");
    (booking, payment)
}

#[test]
fn operator_cancellation_refunds_and_is_audited() {
    for database in databases() {
        let server = Server::start(&database);
        let (host, guest, operator) = (
            server.sign_up("host"),
            server.sign_up("guest"),
            server.operator_member(),
        );
        let property = create_listing(&host, "instant");
        let back = |payment: &str| {
            guest
                .get(&format!("/v1/payments/{payment}"))
                .expect(200)
                .at("/refunded/amount")
        };
        let cancel = |booking: &str, how: Value| {
            operator
                .client
                .post(&format!("/v1/admin/bookings/{booking}/cancel"), &how)
                .expect(200)
        };
        // Full refund by default.
        let (booking, payment) = with_payment(&guest, &property);
        let total = guest
            .get(&format!("/v1/payments/{payment}"))
            .expect(200)
            .at("/captured/amount");
        let cancelled = cancel(&booking, json!({"reason": "A burst pipe"}));
        assert_eq!(
            (cancelled.at("/status"), cancelled.at("/cancellation/by")),
            ("cancelled".into(), "admin".into())
        );
        assert_eq!(back(&payment), total);
        let written = line(&operator.client, "booking_cancelled", "booking", &booking);
        assert_eq!(
            (&written["actor_id"], &written["address"]),
            (&json!(operator.id), &json!("127.0.0.1"))
        );
        assert_eq!(written["before"], r#"{"status":"confirmed"}"#);
        let after: Value = serde_json::from_str(written["after"].as_str().unwrap()).unwrap();
        assert_eq!(
            (
                &after["status"],
                &written["reason"],
                &after["refund"]["amount"]
            ),
            (
                &json!("cancelled"),
                &json!("A burst pipe"),
                &json!(total.parse::<i64>().unwrap())
            )
        );
        // Ten percent on request; the nights are released, and a second cancellation is rejected.
        let (booking, payment) = with_payment(&guest, &property);
        let again = json!({"reason": "Agreed", "refund_bps": 1_000});
        let silent = operator.client.post(
            &format!("/v1/bookings/{booking}/cancel"),
            &json!({"refund_bps": 3_000}),
        );
        let violation = silent.expect(422).json()["errors"][0].clone();
        assert_eq!(
            (&violation["pointer"], &violation["code"]),
            (&json!("/reason"), &json!("required"))
        );
        cancel(&booking, again.clone());
        let tenth: i64 = back(&payment).parse().unwrap();
        assert!(
            (tenth * 10 - total.parse::<i64>().unwrap()).abs() < 100,
            "{tenth} of {total}"
        );
        operator
            .client
            .post(&format!("/v1/admin/bookings/{booking}/cancel"), &again)
            .expect_problem(409, "wrong_state");
        check_ledger_and_audit_log(&database, &server);
    }
}

#[test]
fn operator_refund_is_issued_and_audited_once() {
    for database in databases() {
        let server = Server::start(&database);
        let (host, guest, operator) = (
            server.sign_up("host"),
            server.sign_up("guest"),
            server.operator_member(),
        );
        let property = create_listing(&host, "instant");
        let (booking, payment) = with_payment(&guest, &property);
        let wish = |amount: i64| {
            let amount = json!({"amount": amount, "currency": "USD"});
            json!({"payment_id": payment, "amount": amount, "reason": "A cold shower"})
        };
        let give = |key: &str| {
            operator
                .client
                .post_once("/v1/admin/refunds", key, &wish(12_34))
                .unwrap()
        };
        let given: Vec<Answer> = (0..3).map(|_| give("refund-1").expect(201)).collect();
        assert_eq!(given[0].at("/refunded/amount"), "1234");
        assert!(given.iter().all(|answer| answer.text == given[0].text));
        let refunds = operator.client.get("/v1/admin/refunds").expect(200).json();
        assert_eq!(refunds["data"].as_array().unwrap().len(), 1, "{refunds}");
        let refund = &refunds["data"][0];
        assert_eq!(
            (&refund["amount"]["amount"], &refund["borne_by"]),
            (&json!(1234), &json!("admin"))
        );
        assert_eq!(
            (&refund["payment_id"], &refund["reason"]),
            (&json!(payment), &json!("A cold shower"))
        );
        let written = line(&operator.client, "refund_given", "payment", &payment);
        assert_eq!(
            (&written["actor_id"], &written["address"]),
            (&json!(operator.id), &json!("127.0.0.1"))
        );
        let after: Value = serde_json::from_str(written["after"].as_str().unwrap()).unwrap();
        assert_eq!(
            after,
            json!({"refund": {"amount": 12_34, "currency": "USD"}})
        );
        let query_text = || {
            log(&operator.client)
                .iter()
                .filter(|line| line["action"] == "refund_given")
                .count()
        };
        assert_eq!(query_text(), 1);
        // A refund above the remaining amount is rejected and not audited.
        let too_much = operator
            .client
            .post("/v1/admin/refunds", &wish(1_000_000))
            .expect(422);
        assert!(
            too_much.text.contains("above_captured"),
            "{}",
            too_much.text
        );
        assert_eq!(query_text(), 1);
        let booking = host.get(&format!("/v1/bookings/{booking}")).expect(200);
        assert_eq!(booking.at("/status"), "confirmed");
        check_ledger_and_audit_log(&database, &server);
    }
}

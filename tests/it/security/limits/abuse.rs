//! Abuse of the market: holds, cards, proposals and reviews.

use std::thread;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use serde_json::json;
use sojourn_application::ports::Clock as _;
use sojourn_tests::{
    Answer, Client, Member, PASSWORD, Server, ServerOptions, TestClock, TestDatabase, databases,
};

use crate::security::support::fixtures::{act, booking_body, create_listing, date, paid_booking};

const LIMITED: (&str, &str) = ("SOJOURN_RATE_LIMITS", "on");

fn limited(database: &TestDatabase) -> Server {
    let options = ServerOptions {
        variables: &[LIMITED],
        ..ServerOptions::default()
    };
    Server::with(database, options)
}

/// Reserves all stays at once.
fn reserve_at_once(guest: &Client, stays: &[(&String, u64)]) -> Vec<Answer> {
    thread::scope(|scope| {
        let requests = stays.iter().map(|&(property, from)| {
            let body = booking_body(property, from, from + 2);
            scope.spawn(move || guest.post("/v1/bookings/", &body))
        });
        let requests: Vec<_> = requests.collect();
        requests
            .into_iter()
            .map(|request| request.join().unwrap())
            .collect()
    })
}

/// The number of bookings that were made; the others have this code.
fn made(answers: Vec<Answer>, code: &str) -> usize {
    let mut made = 0;
    for answer in answers {
        if answer.status == 201 {
            made += 1;
        } else {
            answer.expect_problem(429, code);
        }
    }
    made
}

#[test]
fn concurrent_reservations_keep_within_the_limits_on_holds() {
    for database in databases() {
        let server = limited(&database);
        let host = server.sign_up("host");
        let properties: Vec<_> = (0..10).map(|_| create_listing(&host, "instant")).collect();
        let everywhere: Vec<_> = properties.iter().map(|property| (property, 10)).collect();
        let answers = reserve_at_once(&server.sign_up("anna"), &everywhere);
        assert_eq!(made(answers, "too_many_holds"), 5);
        let at_one: Vec<_> = (0..8).map(|n| (&properties[0], 20 + 3 * n)).collect();
        let answers = reserve_at_once(&server.sign_up("otto"), &at_one);
        assert_eq!(made(answers, "hold_exists"), 1);
    }
}

/// Tries a card; the answer.
fn pay(guest: &Client, booking: &str, card: &str) -> Answer {
    let body = json!({"booking_id": booking, "payment_method": card});
    guest.post("/v1/payments/", &body)
}

const DECLINED: &str = "pm_card_chargeDeclined";

/// Fails unless it is a refusal with this code, and one that can be tried again within so many seconds.
fn refused_for(answer: Answer, code: &str, longest: u32) {
    let refused = answer.expect_problem(429, code);
    let wait: u32 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=longest).contains(&wait), "{wait}");
}

#[test]
fn refused_cards_end_the_hold_and_are_limited_per_account() {
    for database in databases() {
        let server = limited(&database);
        let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
        let hold = |from: u64| {
            let property = create_listing(&host, "instant");
            let body = booking_body(&property, from, from + 2);
            guest.post("/v1/bookings/", &body).expect(201).at("/id")
        };
        let status = |booking: &str| {
            let path = format!("/v1/bookings/{booking}");
            guest.get(&path).expect(200).at("/status")
        };
        let [first, second, third] = [10, 20, 30].map(hold);
        for _ in 0..10 {
            pay(&guest, &first, DECLINED).expect_problem(402, "card_declined");
        }
        assert_eq!(status(&first), "pending_payment");
        // A good card comes too late, and a repeated request gets the same answer.
        for _ in 0..2 {
            let late = pay(&guest, &first, "pm_card_visa");
            refused_for(late, "too_many_refused_cards", 24 * 3_600 + 1);
            assert_eq!(status(&first), "expired");
        }
        // Twenty an hour over all bookings.
        for _ in 0..9 {
            pay(&guest, &second, DECLINED).expect_problem(402, "card_declined");
        }
        pay(&guest, &third, DECLINED).expect_problem(402, "card_declined");
        let late = pay(&guest, &third, "pm_card_visa");
        refused_for(late, "too_many_refused_cards", 3_601);
        assert_eq!(status(&third), "expired");
        // Other accounts are not concerned.
        let other = server.sign_up("other");
        let body = booking_body(&create_listing(&host, "instant"), 10, 12);
        let booking = other.post("/v1/bookings/", &body).expect(201).at("/id");
        pay(&other, &booking, DECLINED).expect_problem(402, "card_declined");
        pay(&other, &booking, "pm_card_visa").expect(201);
        let report = server.check_integrity();
        assert!(report.findings.is_empty(), "{report:?}");
    }
}

#[test]
fn refused_cards_of_alterations_are_limited() {
    let server = limited(&TestDatabase::sqlite());
    let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
    let booking = paid_booking(&guest, &create_listing(&host, "request"), 10, 12);
    act(&host, &booking, "accept");
    let path = format!("/v1/bookings/{booking}");
    let longer = json!({"check_out": date(13)});
    let accept = |card: &str| {
        let body = json!({"payment_method": card});
        guest.post(&format!("{path}/alteration/accept"), &body)
    };
    for _ in 0..10 {
        host.patch(&path, &longer).expect(200);
        accept(DECLINED).expect_problem(402, "card_declined");
    }
    // As many proposals as a day has; they are counted apart.
    refused_for(
        host.patch(&path, &longer),
        "too_many_proposals",
        24 * 3_600 + 1,
    );
    assert_eq!(guest.get(&path).expect(200).at("/status"), "confirmed");
}

#[test]
fn proposals_are_limited_and_their_notices_merged() {
    for database in databases() {
        let clock = TestClock::running(Utc::now());
        let options = ServerOptions {
            clock: Some(clock.clone()),
            variables: &[LIMITED],
            ..ServerOptions::default()
        };
        let server = Server::with(&database, options);
        let (host, guest) = (
            server.sign_up_member("host"),
            server.sign_up_member("guest"),
        );
        let property = create_listing(&host.client, "request");
        let booking = paid_booking(&guest.client, &property, 10, 12);
        act(&host.client, &booking, "accept");
        // That of the request, and that of the confirmation, after that of the registration.
        server.mail_after(&host.email, 2);
        let path = format!("/v1/bookings/{booking}");
        let proposed = |subject: &str| {
            let about = |mail: &String| mail.contains(&format!("Subject: {subject}"));
            let mails = server.mails_to(&host.email);
            mails.into_iter().filter(about).count()
        };
        let subject = "A change to your booking has been proposed";
        for n in 0..10 {
            let other = json!({"check_out": date(13 + n % 2)});
            guest.client.patch(&path, &other).expect(200);
        }
        let again = guest.client.patch(&path, &json!({"check_out": date(15)}));
        refused_for(again, "too_many_proposals", 24 * 3_600 + 1);
        server.mail_about(&host.email, subject, 0);
        thread::sleep(Duration::from_millis(300));
        assert_eq!(proposed(subject), 1);
        // The others are one mail an hour later, about the latest.
        clock.move_to(clock.now() + TimeDelta::minutes(61));
        let merged = server.mail_about(&host.email, subject, 1);
        assert!(merged.contains(&date(14).to_string()), "{merged}");
        thread::sleep(Duration::from_millis(300));
        assert_eq!(proposed(subject), 2);
        // A day later, there are new ones.
        clock.move_to(clock.now() + TimeDelta::hours(24));
        let guest = server.log_in_as(&guest.email, PASSWORD);
        guest
            .client
            .patch(&path, &json!({"check_out": date(15)}))
            .expect(200);
        server.mail_about(&host.email, subject, 2);
    }
}

/// Writes a review of a stay; the answer.
fn review(who: &Client, booking: &str, rating: u8) -> Answer {
    let body = json!({"booking_id": booking, "rating": rating, "public_comment": "A good stay."});
    who.post("/v1/reviews/", &body)
}

#[test]
fn a_review_needs_a_stay_past_its_first_midnight() {
    let (server, clock) = Server::before_midnight(&TestDatabase::sqlite());
    let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
    let stay = |from: u64| {
        let booking = paid_booking(&guest, &create_listing(&host, "instant"), from, from + 2);
        act(&guest, &booking, "check-in");
        booking
    };
    let [left, cancelled, stayed] = [0; 3].map(stay);
    act(&guest, &left, "check-out");
    act(&host, &cancelled, "cancel");
    for who in [&guest, &host] {
        review(who, &left, 5).expect_problem(409, "wrong_state");
        // The host's cancellation on the day of arrival can be reviewed.
        review(who, &cancelled, 1).expect(201);
    }
    clock.pass_midnight();
    review(&guest, &left, 5).expect_problem(409, "wrong_state");
    act(&guest, &stayed, "check-out");
    review(&guest, &stayed, 5).expect(201);
}

#[test]
fn one_review_of_a_guest_counts_for_the_rating_of_a_property() {
    for database in databases() {
        let clock = TestClock::running(Utc::now());
        let options = ServerOptions {
            clock: Some(clock.clone()),
            ..ServerOptions::default()
        };
        let server = Server::with(&database, options);
        let (host, guest, operator) = (
            server.sign_up_member("host"),
            server.sign_up_member("guest"),
            server.operator_member(),
        );
        let property = create_listing(&host.client, "instant");
        let reviewed = |ahead: u64, rating: u8| {
            let log_in = |who: &Member| server.log_in_as(&who.email, PASSWORD).client;
            let booking = paid_booking(&log_in(&guest), &property, ahead, ahead + 2);
            clock.move_to(date(ahead + 1).and_hms_opt(12, 0, 0).unwrap().and_utc());
            let (host, guest) = (log_in(&host), log_in(&guest));
            act(&guest, &booking, "check-in");
            act(&guest, &booking, "check-out");
            review(&host, &booking, 5).expect(201);
            review(&guest, &booking, rating).expect(201).at("/id")
        };
        let count = || {
            let path = format!("/v1/properties/{property}");
            server.client().get(&path).expect(200).at("/rating/count")
        };
        let first = reviewed(1, 1);
        assert_eq!(count(), "1");
        reviewed(10, 3);
        assert_eq!(count(), "1");
        reviewed(150, 5);
        assert_eq!(count(), "2");
        // The second counts in the place of the first.
        let operator = server.log_in_as(&operator.email, PASSWORD).client;
        operator.delete(&format!("/v1/reviews/{first}")).expect(204);
        assert_eq!(count(), "2");
        let report = server.check_integrity();
        assert!(report.findings.is_empty(), "{report:?}");
    }
}

#[test]
fn a_night_costs_the_smallest_price_at_least() {
    let server = Server::start(&TestDatabase::sqlite());
    let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
    let priced = |amount: u32, currency: &str| {
        let price = json!({"amount": amount, "currency": currency});
        let body = json!({"title": "Cabin", "pricing": {"nightly": price}});
        host.post("/v1/properties/", &body)
    };
    for (currency, least) in [("USD", 100), ("JPY", 100), ("KRW", 1), ("KWD", 1_000)] {
        priced(least, currency).expect(201);
        if least > 1 {
            let refused = priced(least - 1, currency).expect_problem(422, "validation_failed");
            assert_eq!(refused.at("/errors/0/pointer"), "/pricing/nightly");
            assert_eq!(refused.at("/errors/0/code"), "price_too_low");
        }
    }
    let property = create_listing(&host, "instant");
    let page = format!("/v1/properties/{property}");
    let cheap = json!({"pricing": {"weekend": {"amount": 99, "currency": "USD"}}});
    host.patch(&page, &cheap).expect(422);
    let cheap =
        json!({"from": date(10), "to": date(12), "price": {"amount": 99, "currency": "USD"}});
    let refused = host.put(&format!("{page}/calendar"), &cheap).expect(422);
    assert_eq!(refused.at("/errors/0/code"), "price_too_low");
    // A discount may take all of it: such a stay is a gift.
    let discount = json!({"pricing": {"weekly_discount_bps": 10_000}});
    host.patch(&page, &discount).expect(200);
    guest
        .post("/v1/bookings/", &booking_body(&property, 10, 17))
        .expect(201);
}

#[test]
fn very_long_stays_are_not_held_unpaid() {
    let database = TestDatabase::sqlite();
    let variables = [LIMITED, ("SOJOURN_TERMS_MAX_HOLD_NIGHTS", "10")];
    let options = ServerOptions {
        variables: &variables,
        ..ServerOptions::default()
    };
    let server = Server::with(&database, options);
    let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
    let property = create_listing(&host, "instant");
    let reserve = |to: u64| guest.post("/v1/bookings/", &booking_body(&property, 10, to));
    let refused = reserve(21).expect(422);
    assert_eq!(refused.at("/errors/0/code"), "hold_too_long");
    let booking = reserve(20).expect(201).at("/id");
    let path = format!("/v1/bookings/{booking}");
    let refused = guest
        .patch(&path, &json!({"check_out": date(21)}))
        .expect(422);
    assert_eq!(refused.at("/errors/0/code"), "hold_too_long");
}

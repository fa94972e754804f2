//! Records of the aggregates and their parts, as an application stores them.

use chrono::TimeDelta;
use serde_json::json;
use sojourn_domain::booking::{Booking, BookingRecord, CancelRequest, NewBooking, NightsChange};
use sojourn_domain::ledger::{BookingFunds, JournalEntry, Postings};
use sojourn_domain::payment::{
    GatewayCall, GatewayCallKind, GatewayOutcome, Payment, PaymentRecord,
};
use sojourn_domain::property::{
    Calendar, ClaimKind, NightClaim, NightRules, Property, PropertyRecord, TaxRate,
};
use sojourn_domain::review::{Review, ReviewRecord, ReviewText, Scores};
use sojourn_domain::shared::{
    BasisPoints, BookingId, BookingRole, Email, PaymentEntryId, PaymentId, ReviewId, UserId,
};
use sojourn_domain::user::{Profile, User, UserRecord};
use uuid::Uuid;

use super::{assert_round_trip, cabin, now, quote, refusal, usd};

struct Sale {
    booking: Booking,
    payment: Payment,
    journal: Vec<JournalEntry>,
    claims: Vec<NightClaim>,
}

/// A booking that was paid.
fn sale() -> Sale {
    let property = cabin();
    let new = NewBooking {
        id: BookingId::new(Uuid::from_u128(4)),
        guest_id: UserId::new(Uuid::from_u128(2)),
        quote: quote(),
        message: Some("We are two and a dog.".into()),
    };
    let change = Booking::hold(&property, new, now()).unwrap();
    let NightsChange::Set(claims) = change.nights().clone() else {
        panic!("a hold claims nights")
    };
    let held = change.into_booking();
    let call = PaymentEntryId::new(Uuid::from_u128(6));
    let payment = Payment::begin(
        PaymentId::new(Uuid::from_u128(5)),
        held.id,
        held.property_id,
        GatewayCall {
            method: Some("pm_1".into()),
            ..GatewayCall::new(call, GatewayCallKind::Capture, held.price.total, now())
        },
    )
    .unwrap();
    let before = BookingFunds {
        booking: &held,
        payment: Some(&payment),
    };
    let outcome = GatewayOutcome::Succeeded {
        reference: "ch_1".into(),
    };
    let captured = payment
        .clone()
        .record_outcome(call, outcome, now())
        .unwrap();
    let mut ids = (10..).map(Uuid::from_u128);
    let change = held
        .clone()
        .record_capture("ABCDEFGHJK".into(), now())
        .unwrap()
        .with_payment(captured)
        .with_settlement(before, "paid", &mut || ids.next().unwrap(), now())
        .unwrap();
    Sale {
        payment: change.payment().cloned().unwrap(),
        journal: change.journal().to_vec(),
        booking: change.into_booking(),
        claims,
    }
}

#[test]
fn a_booking_and_all_that_belongs_to_it_are_read_as_they_were_written() {
    let sale = sale();
    assert!(!sale.journal.is_empty());
    assert_round_trip(&sale.journal);
    assert_round_trip(&sale.claims);
    assert_round_trip(&sale.payment.clone().into_record());
    assert_round_trip(&sale.booking.clone().into_record());
    let cancelled = sale
        .booking
        .cancel(BookingRole::Guest, CancelRequest::default(), now())
        .unwrap();
    let text = serde_json::to_string(&cancelled.booking().clone().into_record()).unwrap();
    let record: BookingRecord = serde_json::from_str(&text).unwrap();
    assert_eq!(Booking::restore(record).unwrap(), cancelled.into_booking());
    let text = serde_json::to_string(&sale.payment.clone().into_record()).unwrap();
    let record: PaymentRecord = serde_json::from_str(&text).unwrap();
    assert_eq!(Payment::restore(record).unwrap(), sale.payment);
}

#[test]
fn properties_accounts_and_reviews_are_read_as_they_were_written() {
    let record: PropertyRecord = cabin().into_record();
    assert_round_trip(&record);
    assert_eq!(Property::restore(record).unwrap(), cabin());
    let (id, email) = (
        UserId::new(Uuid::from_u128(2)),
        Email::parse("ana@example.com").unwrap(),
    );
    let hash = Some("$argon2id$".to_owned());
    let profile = Profile {
        first_name: "Ana".into(),
        last_name: "Roy".into(),
        phone: None,
        locale: Some("fr-CA".into()),
        currency: Some(usd(0).currency()),
    };
    let guest = User::register(id, email, hash, profile, now()).unwrap();
    let record: UserRecord = guest.into_record();
    assert_round_trip(&record);
    let after = now() + TimeDelta::days(138);
    let booking = sale().booking.time_out(after).unwrap().into_booking();
    let text = ReviewText {
        scores: Scores {
            overall: 5,
            categories: Default::default(),
        },
        public_comment: "Quiet and clean.".into(),
        private_note: None,
    };
    let id = ReviewId::new(Uuid::from_u128(7));
    let written = Review::write(id, &booking, BookingRole::Guest, text, None, after).unwrap();
    let record: ReviewRecord = written.reviews.into_iter().next().unwrap().into_record();
    assert_round_trip(&record);
}

#[test]
fn calendars_are_read_as_they_were_written_and_checked() {
    let date = |text: &str| text.parse().unwrap();
    let rules = NightRules {
        price: Some(usd(180_00)),
        note: Some("Fair".into()),
        ..NightRules::default()
    };
    let claim = NightClaim {
        night: date("2026-07-05"),
        kind: ClaimKind::Blocked,
        booking_id: None,
    };
    let july = (date("2026-07-01"), date("2026-08-01"));
    let rules = [(date("2026-07-04"), rules)];
    let calendar = Calendar::try_new(cabin().id, july, rules, [claim]).unwrap();
    assert_round_trip(&calendar);
    let mut value = serde_json::to_value(&calendar).unwrap();
    let claims = value["claims"].as_array_mut().unwrap();
    claims.push(claims[0].clone());
    assert_eq!(
        refusal::<Calendar>(&value),
        "the night of 2026-07-05 is claimed twice"
    );
    value["to"] = json!("2026-07-05");
    assert_eq!(
        refusal::<Calendar>(&value),
        "2026-07-05 is outside of the calendar, which has the nights from 2026-07-01 until 2026-07-05"
    );
}

#[test]
fn postings_that_do_not_balance_are_refused() {
    let postings = sale().journal[0].postings;
    assert_round_trip(&postings);
    let mut value = serde_json::to_value(postings).unwrap();
    value["amounts"][0][1]["amount"] = json!(1);
    assert!(refusal::<Postings>(&value).contains("instead of zero"));
    value["amounts"][0][1]["currency"] = json!("JPY");
    assert!(refusal::<Postings>(&value).contains("different currencies"));
}

#[test]
fn bases_of_taxes_keep_their_readable_form() {
    let rates = [
        TaxRate::Percent {
            bps: BasisPoints::HALF,
        },
        TaxRate::PerNight { amount: usd(3_00) },
        TaxRate::PerGuestNight { amount: usd(1_50) },
    ];
    rates.iter().for_each(assert_round_trip);
    let value = serde_json::to_value(rates[1]).unwrap();
    let amount = json!({"amount": 300, "currency": "USD"});
    assert_eq!(value, json!({"kind": "per_night", "amount": amount}));
}

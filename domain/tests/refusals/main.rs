//! Wrong values that an embedder can give, each with its refusal: it names what was given and what is allowed.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_domain::booking::{
    Booking, BookingChange, CancelRequest, NewAlteration, NewBooking, Offer, Price, Quote,
    StayRequest,
};
use sojourn_domain::payment::{GatewayCall, GatewayCallKind, GatewayOutcome, Payment};
use sojourn_domain::property::{
    BookingMode, Calendar, ClaimKind, Location, NightClaim, Pricing, Property, PropertyDetails,
};
use sojourn_domain::shared::{
    Actor, AlterationId, BookingId, BookingRole, Currency, Guests, MarketplaceTerms, Money,
    PaymentEntryId, PaymentId, PropertyId, Stay, UserId,
};
use uuid::Uuid;

const HOST: UserId = UserId::new(Uuid::from_u128(1));
const GUEST: UserId = UserId::new(Uuid::from_u128(2));
const CABIN: PropertyId = PropertyId::new(Uuid::from_u128(3));
const BOOKING: BookingId = BookingId::new(Uuid::from_u128(4));
const CODE: &str = "ABCDEFGHJK";

fn now() -> DateTime<Utc> {
    "2026-03-01T17:00:00Z".parse().unwrap()
}

fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().unwrap()
}

fn stay(dates: &str) -> Stay {
    dates.parse().unwrap()
}

fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::USD)
}

fn couple() -> Guests {
    Guests::try_new(2, 0, 0, 0).unwrap()
}

fn cabin(mode: BookingMode) -> Property {
    let mut details = PropertyDetails {
        title: Some("Cabin".into()),
        description: Some("By the lake".into()),
        location: Some(Location {
            latitude: 42.65,
            longitude: -73.75,
        }),
        time_zone: Some(chrono_tz::America::New_York),
        max_guests: Some(4),
        booking_mode: mode,
        pricing: Some(Pricing::nightly(usd(100_00))),
        ..PropertyDetails::default()
    };
    details.address.line1 = Some("1 Lake Road".into());
    details.address.city = Some("Albany".into());
    details.address.country = Some("US".into());
    let draft = Property::draft(CABIN, HOST, details, now()).unwrap();
    draft.publish(&Actor::member(HOST), true, now()).unwrap()
}

fn quote(property: &Property) -> Quote {
    let nights = stay("2026-07-10/2026-07-14");
    let (calendar, terms) = (
        Calendar::free_for(property, nights),
        MarketplaceTerms::default(),
    );
    Offer::new(property, &calendar, &terms)
        .quote(StayRequest::new(nights, couple()), now())
        .unwrap()
}

fn held(mode: BookingMode) -> Booking {
    let property = cabin(mode);
    let new = NewBooking {
        id: BOOKING,
        guest_id: GUEST,
        quote: quote(&property),
        message: None,
    };
    Booking::hold(&property, new, now()).unwrap().into_booking()
}

fn confirmed() -> Booking {
    let held = held(BookingMode::Instant);
    held.record_capture(CODE.into(), now())
        .unwrap()
        .into_booking()
}

fn call(kind: GatewayCallKind, amount: Money) -> GatewayCall {
    GatewayCall {
        method: Some("pm_1".into()),
        ..GatewayCall::new(PaymentEntryId::new(Uuid::from_u128(6)), kind, amount, now())
    }
}

fn begun(booking: BookingId, amount: Money) -> Payment {
    let id = PaymentId::new(Uuid::from_u128(5));
    Payment::begin(id, booking, CABIN, call(GatewayCallKind::Capture, amount)).unwrap()
}

fn refusal<T: std::fmt::Debug, E: std::fmt::Display>(result: Result<T, E>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn a_price_is_for_its_nights_and_sums_up() {
    let property = cabin(BookingMode::Instant);
    let mut year = quote(&property).into_record();
    year.stay = stay("2026-07-10/2027-07-10");
    assert_eq!(
        refusal(Quote::restore(year)),
        "the price is not for the nights of 2026-07-10/2027-07-10"
    );
    let mut cheap = quote(&property).into_record().price.into_record();
    cheap.total = usd(1);
    assert_eq!(
        refusal(Price::restore(cheap)),
        "the total is 0.01 USD, the sum of the lines 456.80 USD"
    );
    let mut generous = quote(&property).into_record().price.into_record();
    generous.host_payout = usd(999_999_00);
    assert_eq!(
        refusal(Price::restore(generous)),
        "the host receives 999999.00 USD, the host lines less the fee are 388.00 USD"
    );
    for adults in [0, 51, u32::MAX] {
        assert!(Guests::try_new(adults, 0, 0, 0).is_err(), "{adults}");
    }
    let large_party = StayRequest::new(
        stay("2026-07-10/2026-07-14"),
        Guests::try_new(50, 0, 0, 0).unwrap(),
    );
    let calendar = Calendar::free_for(&property, large_party.stay);
    let terms = MarketplaceTerms::default();
    let refused = Offer::new(&property, &calendar, &terms).quote(large_party, now());
    assert_eq!(
        refusal(refused),
        "the stay cannot be booked: the property accepts at most 4 guests, not counting infants"
    );
}

#[test]
fn a_hold_needs_its_own_quote_in_time() {
    let property = cabin(BookingMode::Instant);
    let new = |guest_id, quote| NewBooking {
        id: BOOKING,
        guest_id,
        quote,
        message: None,
    };
    let late = now() + TimeDelta::minutes(16);
    assert_eq!(
        refusal(Booking::hold(&property, new(GUEST, quote(&property)), late)),
        "the quote expired at 2026-03-01 17:15:00 UTC"
    );
    assert_eq!(
        refusal(Booking::hold(&property, new(HOST, quote(&property)), now())),
        "hosts cannot book their own property"
    );
    let mut foreign = quote(&property).into_record();
    foreign.property_id = PropertyId::new(Uuid::from_u128(9));
    let foreign = Quote::restore(foreign).unwrap();
    assert_eq!(
        refusal(Booking::hold(&property, new(GUEST, foreign), now())),
        "the quote is for the property 00000000-0000-0000-0000-000000000009"
    );
}

#[test]
fn commands_honour_time_and_booking_mode() {
    let year_later = now() + TimeDelta::days(365);
    let over = at("2026-08-25T15:00:00Z");
    let host = BookingRole::Host;
    let request = held(BookingMode::Request);
    let longer = {
        let property = cabin(BookingMode::Instant);
        let nights = stay("2026-07-10/2026-07-15");
        let calendar = Calendar::free_for(&property, nights);
        confirmed()
            .altered_price(&property, &calendar, nights, couple())
            .unwrap()
    };
    let new = NewAlteration {
        id: AlterationId::new(Uuid::from_u128(7)),
        price: longer,
        payment_method: None,
    };
    let results: [(Result<BookingChange, _>, &str); 5] = [
        (
            held(BookingMode::Instant).record_capture(CODE.into(), year_later),
            "not possible after 2026-03-01 17:15:00 UTC",
        ),
        (
            request.record_capture(CODE.into(), now()),
            "the host must accept the request first",
        ),
        (
            confirmed().cancel(host, CancelRequest::default(), over),
            "not possible after 2026-07-14 15:00:00 UTC",
        ),
        (
            confirmed().alter(BookingRole::Guest, new, over),
            "not possible after 2026-07-14 15:00:00 UTC",
        ),
        (
            confirmed().check_in(host, over),
            "not possible after 2026-07-14 15:00:00 UTC",
        ),
    ];
    for (result, expected) in results {
        assert_eq!(refusal(result), expected);
    }
}

#[test]
fn a_payment_takes_what_its_booking_owes() {
    let id = PaymentId::new(Uuid::from_u128(5));
    let begin = |kind, amount| Payment::begin(id, BOOKING, CABIN, call(kind, amount));
    assert_eq!(
        refusal(begin(GatewayCallKind::Capture, usd(-1))),
        "the amount must be above zero"
    );
    assert_eq!(
        refusal(begin(GatewayCallKind::Refund, usd(1))),
        "a payment begins with an authorization or a capture, not with a refund"
    );
    let held = held(BookingMode::Instant);
    let (other, euros) = (
        BookingId::new(Uuid::from_u128(9)),
        Money::new(456_80, Currency::EUR),
    );
    for payment in [begun(other, held.price.total), begun(BOOKING, euros)] {
        assert_eq!(
            refusal(held.begin_payment(payment, now())),
            "the payment belongs to another booking"
        );
    }
    let pending = begun(BOOKING, held.price.total);
    let mut ids = || Uuid::from_u128(8);
    assert_eq!(
        refusal(pending.clone().refund(&mut ids, usd(1), None, None, now())),
        "the amount exceeds what was captured and not yet refunded"
    );
    let succeeded = GatewayOutcome::Succeeded {
        reference: "ch_1".into(),
    };
    let call = pending.pending_calls[0].id;
    let paid = pending.record_outcome(call, succeeded, now()).unwrap();
    let mut refund = |amount| paid.clone().refund(&mut ids, amount, None, None, now());
    assert_eq!(
        refusal(refund(usd(456_81))),
        "the amount exceeds what was captured and not yet refunded"
    );
    assert_eq!(refusal(refund(usd(-1))), "the amount must be above zero");
    assert!(refund(Money::new(1, Currency::EUR)).is_err());
}

#[test]
fn a_calendar_knows_its_range_and_its_property() {
    let property = cabin(BookingMode::Instant);
    let nights = stay("2026-07-10/2026-07-14");
    let calendar = Calendar::free(CABIN, nights.check_in(), nights.check_out());
    assert_eq!(
        refusal(calendar.claim(nights.check_out())),
        "2026-07-14 is outside of the calendar, which has the nights from 2026-07-10 until 2026-07-14"
    );
    let claim = NightClaim {
        night: nights.check_in(),
        kind: ClaimKind::Booked,
        booking_id: Some(BOOKING),
    };
    let range = (nights.check_in(), nights.check_out());
    assert_eq!(
        refusal(Calendar::try_new(CABIN, range, [], [claim, claim])),
        "the night of 2026-07-10 is claimed twice"
    );
    let foreign = PropertyId::new(Uuid::from_u128(9));
    let foreign = Calendar::free(foreign, nights.check_in(), nights.check_out());
    let terms = MarketplaceTerms::default();
    let refused =
        Offer::new(&property, &foreign, &terms).quote(StayRequest::new(nights, couple()), now());
    assert_eq!(
        refusal(refused),
        "the calendar belongs to property 00000000-0000-0000-0000-000000000009, \
         not to 00000000-0000-0000-0000-000000000003"
    );
}

//! Builders of domain objects.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sojourn_domain::booking::{
    Booking, BookingChange, BookingRepository, BookingStatus, NewBooking, Offer, StayRequest,
};
use sojourn_domain::ledger::BookingFunds;
use sojourn_domain::payment::{GatewayCall, GatewayCallKind, GatewayOutcome, Payment};
use sojourn_domain::property::PropertyChange;
use sojourn_domain::property::{
    Address, BookingMode, Calendar, Location, Pricing, Property, PropertyDetails, PropertyRecord,
    PropertyRepository, PropertyStatus, Rating, StayRules,
};
use sojourn_domain::shared::{
    BookingId, Currency, Email, Guests, MarketplaceTerms, Money, PaymentEntryId, PaymentId,
    PropertyId, Stay, UserId,
};
use sojourn_domain::user::{Profile, User, UserChange, UserRepository};
use sojourn_persistence::Database;
use uuid::Uuid;

pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

pub fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::parse("USD").unwrap())
}

/// The current instant of the database tests.
pub fn now() -> DateTime<Utc> {
    "2026-03-01T17:00:00Z".parse().unwrap()
}

pub fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 1).unwrap() + Days::new(offset)
}

pub fn stay(from: u64, to: u64) -> Stay {
    Stay::try_new(day(from), day(to)).unwrap()
}

pub fn party() -> Guests {
    Guests::try_new(2, 0, 0, 0).unwrap()
}

pub async fn insert_user(database: &Database, name: &str) -> User {
    let profile = Profile {
        first_name: name.into(),
        last_name: "Test".into(),
        phone: None,
        locale: None,
        currency: None,
    };
    let email = Email::parse(&format!("{name}-{}@test.example", Uuid::now_v7().simple())).unwrap();
    let user = User::register(
        UserId::new(new_id()),
        email,
        Some("hash".into()),
        profile,
        now(),
    )
    .unwrap();
    UserRepository::commit(database, UserChange::of(user.clone()))
        .await
        .unwrap();
    user
}

/// A listed cabin in New York, 100.00 USD a night.
pub fn cabin_of(host: UserId) -> Property {
    let text = |text: &str| Some(text.to_owned());
    let details = PropertyDetails {
        title: text("Cabin"),
        description: text("By the lake"),
        address: Address {
            line1: text("1 Lake Road"),
            city: text("Albany"),
            country: text("US"),
            ..Address::default()
        },
        location: Some(Location {
            latitude: 42.65,
            longitude: -73.75,
        }),
        time_zone: Some(chrono_tz::America::New_York),
        max_guests: Some(4),
        amenities: vec!["wifi".into(), "kitchen".into()],
        pricing: Some(Pricing::nightly(usd(100_00))),
        stay_rules: StayRules {
            check_in_from: NaiveTime::from_hms_opt(15, 0, 0).unwrap(),
            ..StayRules::default()
        },
        ..PropertyDetails::default()
    };
    Property::restore(PropertyRecord {
        id: PropertyId::new(new_id()),
        host_id: host,
        status: PropertyStatus::Listed,
        details,
        rating: Rating::default(),
        created_at: now(),
        updated_at: now(),
        version: 1,
    })
    .unwrap()
}

pub async fn insert_cabin(database: &Database, host: &User) -> Property {
    let property = cabin_of(host.id);
    PropertyRepository::commit(database, PropertyChange::of(property.clone()))
        .await
        .unwrap();
    property
}

/// A new hold; not stored yet.
pub fn hold_change(property: &Property, guest: &User, stay: Stay) -> BookingChange {
    let terms = MarketplaceTerms::default();
    let quote = Offer::new(property, &Calendar::free_for(property, stay), &terms)
        .quote(StayRequest::new(stay, party()), now())
        .unwrap();
    let new = NewBooking {
        id: BookingId::new(new_id()),
        guest_id: guest.id,
        quote,
        message: None,
    };
    Booking::hold(property, new, now()).unwrap()
}

/// A gateway call for the whole price of a booking.
pub fn charge_call(booking: &Booking) -> GatewayCall {
    GatewayCall {
        id: PaymentEntryId::new(new_id()),
        kind: GatewayCallKind::Capture,
        amount: booking.price.total,
        method: Some("pm_card_visa".into()),
        reason: None,
        at: now(),
        against: None,
        borne_by: None,
    }
}

pub fn done() -> GatewayOutcome {
    GatewayOutcome::Succeeded {
        reference: format!("ch_{}", new_id().simple()),
    }
}

pub async fn booking_of(database: &Database, id: BookingId) -> Booking {
    BookingRepository::get(database, id).await.unwrap().unwrap()
}

pub async fn payment_of(database: &Database, id: BookingId) -> Payment {
    BookingRepository::with_payment(database, id)
        .await
        .unwrap()
        .unwrap()
        .1
        .unwrap()
}

/// A hold with an unanswered gateway call.
pub async fn insert_pending_payment(
    database: &Database,
    property: &Property,
    guest: &User,
    stay: Stay,
) -> Payment {
    let hold = hold_change(property, guest, stay);
    let id = hold.booking().id;
    BookingRepository::commit(database, hold).await.unwrap();
    let booking = booking_of(database, id).await;
    let payment = Payment::begin(
        PaymentId::new(new_id()),
        id,
        property.id,
        charge_call(&booking),
    )
    .unwrap();
    BookingRepository::commit(database, booking.begin_payment(payment, now()).unwrap())
        .await
        .unwrap();
    payment_of(database, id).await
}

/// A captured charge and its effects on booking and ledger; not stored yet.
pub async fn confirmation_change(database: &Database, payment: &Payment) -> BookingChange {
    let booking = booking_of(database, payment.booking_id).await;
    let paid = payment
        .clone()
        .record_outcome(payment.pending_calls[0].id, done(), now())
        .unwrap();
    let before = BookingFunds {
        booking: &booking,
        payment: Some(payment),
    };
    let confirmed = booking
        .clone()
        .record_capture("ABCDEFGHJK".into(), now())
        .unwrap()
        .with_payment(paid);
    confirmed
        .with_settlement(before, "paid", &mut new_id, now())
        .unwrap()
}

/// A paid and confirmed stay with its postings and planned payout.
pub async fn insert_paid_stay(
    database: &Database,
    property: &Property,
    guest: &User,
    stay: Stay,
) -> Booking {
    let payment = insert_pending_payment(database, property, guest, stay).await;
    let change = confirmation_change(database, &payment).await;
    BookingRepository::commit(database, change).await.unwrap();
    booking_of(database, payment.booking_id).await
}

/// A completed stay that was not paid, for reviews.
pub async fn insert_completed_stay(
    database: &Database,
    property: &Property,
    guest: &User,
    stay: Stay,
) -> Booking {
    insert_in_status(database, property, guest, stay, BookingStatus::Completed).await
}

/// A request that awaits its host, with its property, for lists.
pub async fn insert_request(database: &Database, host: &User, guest: &User, stay: Stay) -> Booking {
    let mut record = cabin_of(host.id).into_record();
    record.details.booking_mode = BookingMode::Request;
    let cabin = Property::restore(record).unwrap();
    PropertyRepository::commit(database, PropertyChange::of(cabin.clone()))
        .await
        .unwrap();
    insert_in_status(database, &cabin, guest, stay, BookingStatus::AwaitingHost).await
}

/// A hold that ended as a completed stay, or that awaits its host.
async fn insert_in_status(
    database: &Database,
    property: &Property,
    guest: &User,
    stay: Stay,
    status: BookingStatus,
) -> Booking {
    let hold = hold_change(property, guest, stay);
    BookingRepository::commit(database, hold.clone())
        .await
        .unwrap();
    let held = Booking::restore(hold.into_booking().into_record()).unwrap();
    let change = match status {
        BookingStatus::AwaitingHost => held.record_authorization(now()).unwrap(),
        _ => {
            let paid = held.record_capture("ABCDEFGHJK".into(), now()).unwrap();
            let over = paid.booking().ends_at();
            paid.booking().time_out(over).unwrap()
        }
    };
    let booking = change.booking().clone();
    assert_eq!((booking.status, booking.version), (status, 2));
    BookingRepository::commit(database, change.without_notifications())
        .await
        .unwrap();
    booking
}

//! A host, a guest and their properties, bookings and payments.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Days, NaiveDate, Utc};
use sojourn_application::ports::{ImportBatch, Importer};
use sojourn_domain::booking::{
    Booking, BookingChange, BookingRepository, NewBooking, Offer, StayRequest,
};
use sojourn_domain::ledger::BookingFunds;
use sojourn_domain::payment::{GatewayCall, GatewayCallKind, GatewayOutcome, Payment};
use sojourn_domain::property::{Calendar, Location, Pricing, Property, PropertyDetails};
use sojourn_domain::shared::{
    Actor, BookingId, Currency, Email, Guests, MarketplaceTerms, Money, PageRequest,
    PaymentEntryId, PaymentId, PropertyId, Stay, UserId,
};
use sojourn_domain::user::{Profile, User};
use uuid::Uuid;

use crate::engine::database::Database;

static NEXT: AtomicU32 = AtomicU32::new(1);

pub(crate) fn uuid() -> Uuid {
    Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into())
}

pub(crate) fn now() -> DateTime<Utc> {
    "2026-07-01T12:00:00.123456Z".parse().unwrap()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn user(name: &str) -> User {
    let profile = Profile {
        first_name: name.to_owned(),
        last_name: "X".to_owned(),
        phone: None,
        locale: None,
        currency: None,
    };
    let email = Email::parse(&format!("{name}{}@example.org", uuid().simple())).unwrap();
    User::register(UserId::new(uuid()), email, None, profile, now()).unwrap()
}

fn listed(host: UserId, title: &str, latitude: f64, nightly: i64) -> Property {
    let mut details = PropertyDetails {
        title: Some(title.to_owned()),
        description: Some(format!(
            "{title}, 100% quiet by the lake, with all that is needed for a long stay."
        )),
        location: Some(Location {
            latitude,
            longitude: 7.5,
        }),
        time_zone: Some(chrono_tz::Europe::Zurich),
        max_guests: Some(4),
        beds: 2,
        amenities: vec!["wifi".to_owned()],
        pricing: Some(Pricing::nightly(Money::new(
            nightly,
            Currency::parse("CHF").unwrap(),
        ))),
        ..PropertyDetails::default()
    };
    details.address.line1 = Some("Seestrasse 1".to_owned());
    details.address.city = Some("Zürich".to_owned());
    details.address.country = Some("CH".to_owned());
    details.stay_rules.preparation_nights = 1;
    let actor = Actor::member(host);
    let draft = Property::draft(PropertyId::new(uuid()), host, details, now()).unwrap();
    let mut record = draft.publish(&actor, true, now()).unwrap().into_record();
    record.version = 1;
    Property::restore(record).unwrap()
}

pub(crate) fn hold(property: &Property, guest: UserId, from: &str, nights: u64) -> BookingChange {
    let check_in = date(from);
    let stay = Stay::try_new(check_in, check_in + Days::new(nights)).unwrap();
    let guests = Guests::try_new(2, 0, 0, 0).unwrap();
    let terms = MarketplaceTerms::default();
    let quote = Offer::new(property, &Calendar::free_for(property, stay), &terms)
        .quote(StayRequest::new(stay, guests), now())
        .unwrap();
    let new = NewBooking {
        id: BookingId::new(uuid()),
        guest_id: guest,
        quote,
        message: Some("Grüezi".to_owned()),
    };
    Booking::hold(property, new, now()).unwrap()
}

/// A booking as it is read back from a database.
pub(crate) fn as_read(booking: &Booking) -> Booking {
    Booking::restore(booking.clone().into_record()).unwrap()
}

pub(crate) fn page(limit: u32, after: Option<String>) -> PageRequest {
    PageRequest { limit, after }
}

pub(crate) async fn seeded(database: &Database) -> (User, User, Vec<Property>) {
    let (host, guest) = (user("host"), user("guest"));
    let properties: Vec<Property> = (0..5)
        .map(|n| {
            listed(
                host.id,
                &format!("Place {n}"),
                47.0 + 0.1 * f64::from(n),
                10_000 + 100 * i64::from(n % 3),
            )
        })
        .collect();
    let batch = ImportBatch {
        users: vec![host.clone(), guest.clone()],
        properties: properties.clone(),
        ..ImportBatch::default()
    };
    let counts = database.load(batch.clone()).await.unwrap();
    assert_eq!((counts.users, counts.properties), (2, 5));
    assert_eq!(database.load(batch).await.unwrap(), Default::default());
    (host, guest, properties)
}

/// A stay that is paid and posted, and whose payout is scheduled.
pub(crate) async fn paid_stay(
    db: &Database,
    property: &Property,
    guest: UserId,
    from: &str,
) -> (Booking, Payment) {
    let held = hold(property, guest, from, 3);
    let booking = as_read(held.booking());
    BookingRepository::commit(db, held).await.unwrap();
    let call = GatewayCall {
        id: PaymentEntryId::new(uuid()),
        kind: GatewayCallKind::Capture,
        amount: booking.price.total,
        method: Some("pm_card_visa".to_owned()),
        reason: None,
        at: now(),
        against: None,
        borne_by: None,
    };
    let id = call.id;
    let payment = Payment::begin(PaymentId::new(uuid()), booking.id, property.id, call).unwrap();
    let begun = booking.begin_payment(payment, now()).unwrap();
    let booking = as_read(begun.booking());
    let payment = begun.payment().cloned().unwrap();
    BookingRepository::commit(db, begun).await.unwrap();
    let payment = Payment::restore(payment.into_record()).unwrap();
    let answered = payment
        .clone()
        .record_outcome(
            id,
            GatewayOutcome::Succeeded {
                reference: "ch_1".to_owned(),
            },
            now(),
        )
        .unwrap();
    let before = BookingFunds {
        booking: &booking,
        payment: Some(&payment),
    };
    let change = booking
        .clone()
        .record_capture("ABCDEFGHJK".to_owned(), now())
        .unwrap()
        .with_payment(answered);
    let change = change
        .with_settlement(before, "paid", &mut uuid, now())
        .unwrap();
    BookingRepository::commit(db, change.clone()).await.unwrap();
    let payment = BookingRepository::with_payment(db, booking.id)
        .await
        .unwrap()
        .unwrap()
        .1
        .unwrap();
    (as_read(change.booking()), payment)
}

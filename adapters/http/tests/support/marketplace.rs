//! Ports with one booking, whose guest proposes an additional night.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sojourn_application::ports::{
    MockAccountEvents, MockClock, MockDebtWaivers, MockDueWork, MockIds, MockJobAdmin,
    MockJobQueue, MockMailer, MockOneTimeTokens, MockPaymentGateway, MockSigner,
    MockWorkerRegistry, NoCache, Ports, Unlimited, UnlimitedActivity, UnlimitedMails,
};
use sojourn_domain::booking::{
    Booking, MockBookingRepository, NewAlteration, NewBooking, Offer, StayRequest,
};
use sojourn_domain::payment::MockPaymentRepository;
use sojourn_domain::property::{
    Calendar, MockPropertyRepository, Pricing, Property, PropertyDetails, PropertyRecord,
    PropertyStatus, Rating,
};
use sojourn_domain::review::MockReviewRepository;
use sojourn_domain::shared::{
    AlterationId, BookingId, BookingRole, Currency, Guests, MarketplaceTerms, Money, PropertyId,
    Stay, UserId,
};
use uuid::Uuid;

use super::{accounts, query_mocks};

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// An amount in US cents.
pub fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::parse("USD").unwrap())
}

/// Property 3 of host 1, listed.
pub fn property() -> Property {
    let details = PropertyDetails {
        time_zone: Some(chrono_tz::America::New_York),
        max_guests: Some(4),
        pricing: Some(Pricing::nightly(usd(100_00))),
        ..PropertyDetails::default()
    };
    Property::restore(PropertyRecord {
        id: PropertyId::new(id(3)),
        host_id: UserId::new(id(1)),
        status: PropertyStatus::Listed,
        details,
        rating: Rating::default(),
        created_at: NOW,
        updated_at: NOW,
        version: 1,
    })
    .unwrap()
}

/// Confirmed booking 4 of property 3 by guest 2, who proposes a fourth night.
pub fn booking() -> Booking {
    let (property, terms) = (property(), MarketplaceTerms::default());
    let (stay, longer): (Stay, Stay) = (
        "1970-03-01/1970-03-04".parse().unwrap(),
        "1970-03-01/1970-03-05".parse().unwrap(),
    );
    let guests = Guests::try_new(2, 0, 0, 0).unwrap();
    let calendar = Calendar::free_for(&property, longer);
    let quote = Offer::new(&property, &calendar, &terms)
        .quote(StayRequest::new(stay, guests), NOW)
        .unwrap();
    let new = NewBooking {
        id: BookingId::new(id(4)),
        guest_id: UserId::new(id(2)),
        quote,
        message: None,
    };
    let held = Booking::hold(&property, new, NOW).unwrap().into_booking();
    let confirmed = held
        .record_capture("ABCDEFGHJK".into(), NOW)
        .unwrap()
        .into_booking();
    let asked = NewAlteration {
        id: AlterationId::new(id(5)),
        price: confirmed
            .altered_price(&property, &calendar, longer, guests)
            .unwrap(),
        payment_method: None,
    };
    confirmed
        .alter(BookingRole::Guest, asked, NOW)
        .unwrap()
        .into_booking()
}

/// Mocks of all ports with one booking; they panic on unexpected calls.
pub fn ports() -> Ports {
    let mut ids = MockIds::new();
    ids.expect_uuid().returning(|| Uuid::from_u128(7));
    ids.expect_secret().returning(|| "secret".into());
    ids.expect_code().returning(|length| "A".repeat(length));
    let mut clock = MockClock::new();
    clock.expect_now().returning(|| DateTime::UNIX_EPOCH);
    let mut properties = MockPropertyRepository::new();
    properties
        .expect_get()
        .withf(|asked| asked.uuid() == id(3))
        .returning(|_| Ok(Some(property())));
    properties.expect_commit().returning(|_| Ok(()));
    properties
        .expect_calendar()
        .returning(|id, from, to| Ok(Calendar::free(id, from, to)));
    let mut signer = MockSigner::new();
    signer.expect_digests().returning(|purpose, payload| {
        vec![format!("{purpose}:{}", String::from_utf8_lossy(payload))]
    });
    signer
        .expect_seal()
        .returning(|purpose, _, _| format!("sealed {purpose}"));
    let mut bookings = MockBookingRepository::new();
    bookings
        .expect_get()
        .returning(|id| Ok(Some(booking()).filter(|booking| booking.id == id)));
    bookings
        .expect_with_payment()
        .returning(|id| Ok(Some((booking(), None)).filter(|(booking, _)| booking.id == id)));
    let payments = MockPaymentRepository::new();
    Ports {
        users: Arc::new(accounts::users()),
        factors: Arc::new(accounts::factors()),
        properties: Arc::new(properties),
        bookings: Arc::new(bookings),
        payments: Arc::new(payments),
        reviews: Arc::new(MockReviewRepository::new()),
        wishlists: Arc::new(query_mocks::wishlists()),
        user_queries: Arc::new(query_mocks::user_queries()),
        property_queries: Arc::new(query_mocks::property_queries()),
        booking_queries: Arc::new(query_mocks::booking_queries()),
        payment_queries: Arc::new(query_mocks::payment_queries()),
        review_queries: Arc::new(query_mocks::review_queries()),
        health: Arc::new(query_mocks::health()),
        ledger: Arc::new(query_mocks::ledger()),
        debt_waivers: Arc::new(MockDebtWaivers::new()),
        sessions: Arc::new(accounts::sessions()),
        one_time_tokens: Arc::new(MockOneTimeTokens::new()),
        audit: Arc::new(query_mocks::audit()),
        account_events: Arc::new(MockAccountEvents::new()),
        jobs: Arc::new(MockJobQueue::new()),
        due_work: Arc::new(MockDueWork::new()),
        job_admin: Arc::new(MockJobAdmin::new()),
        workers: Arc::new(MockWorkerRegistry::new()),
        gateway: Arc::new(MockPaymentGateway::new()),
        mailer: Arc::new(MockMailer::new()),
        hasher: Arc::new(accounts::hasher()),
        access_tokens: Arc::new(accounts::access_tokens()),
        totp: Arc::new(accounts::totp()),
        limits: Arc::new(Unlimited),
        guest_activity: Arc::new(UnlimitedActivity),
        mail_quota: Arc::new(UnlimitedMails),
        cache: Arc::new(NoCache),
        signer: Arc::new(signer),
        clock: Arc::new(clock),
        ids: Arc::new(ids),
        terms: Arc::new(MarketplaceTerms::default()),
    }
}

//! A world of one booking, whose guest asks for a night more.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_application::ports::{
    AccessClaims, MockAccessTokens, MockClock, MockIds, MockJobQueue, MockLedgerQueries, MockMailer,
    MockOneTimeTokens, MockPasswordHasher, MockPaymentGateway, MockQueries, MockSessionStore, MockSigner,
    Ports, Session, TokenError,
};
use sojourn_domain::booking::{
    Booking, MockBookingRepository, NewAlteration, NewBooking, Rate, RefundPolicy, price,
};
use sojourn_domain::ledger::{Account, Cause, JournalEntry, Postings};
use sojourn_domain::payment::MockPaymentRepository;
use sojourn_domain::property::{
    Calendar, MockPropertyRepository, Pricing, Property, PropertyDetails, PropertyRecord, PropertyStatus,
    Rating,
};
use sojourn_domain::review::MockReviewRepository;
use sojourn_domain::shared::{
    AlterationId, BookingId, Currency, Guests, MarketplaceTerms, Money, Page, Party, PropertyId, SessionId,
    Stay, StoreError, UserId,
};
use sojourn_domain::user::MockUserRepository;
use uuid::Uuid;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::parse("USD").unwrap())
}

fn property() -> Property {
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
}

/// Booking 4 of property 3, by guest 2, confirmed; the guest asks for a fourth night.
fn booking() -> Booking {
    let (property, terms) = (property(), MarketplaceTerms::default());
    let (stay, longer): (Stay, Stay) =
        ("1970-03-01/1970-03-04".parse().unwrap(), "1970-03-01/1970-03-05".parse().unwrap());
    let guests = Guests::try_new(2, 0, 0, 0).unwrap();
    let priced =
        |stay| price(&property, &Calendar::default(), stay, guests, Rate::Standard, &terms, NOW).unwrap();
    let new = NewBooking {
        id: BookingId::new(id(4)),
        guest_id: UserId::new(id(2)),
        stay,
        guests,
        price: priced(stay),
        policy: RefundPolicy::Flexible,
        terms: terms.clone(),
        message: None,
    };
    let asked = NewAlteration { id: AlterationId::new(id(5)), stay: longer, guests, price: priced(longer) };
    let held = Booking::hold(&property, new, NOW).unwrap().booking;
    let confirmed = held.captured("ABCDEFGHJK".into(), NOW).unwrap().booking;
    confirmed.alter(Party::Guest, asked, NOW).unwrap().booking
}

fn sale() -> JournalEntry {
    let amounts = [(Account::GuestReceivable, usd(342_60)), (Account::HostPayable, usd(-342_60))];
    JournalEntry {
        property_id: PropertyId::new(id(3)),
        booking_id: BookingId::new(id(4)),
        host_id: UserId::new(id(1)),
        cause: Cause::Sale,
        source: id(4),
        at: NOW,
        postings: Postings::try_new(Currency::parse("USD").unwrap(), amounts).unwrap(),
    }
}

/// The tokens are the names of who bears them.
fn claims(token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenError> {
    let number = match token {
        "host" => 1,
        "guest" => 2,
        "stranger" => 8,
        "admin" => 9,
        _ => return Err(TokenError),
    };
    Ok(AccessClaims {
        user_id: UserId::new(id(number)),
        session_id: SessionId::new(id(number)),
        admin: token == "admin",
        issued_at: now,
        expires_at: now + TimeDelta::minutes(15),
    })
}

fn session(id: SessionId, now: DateTime<Utc>) -> Session {
    let user_id = UserId::new(id.uuid());
    Session { id, user_id, created_at: now, last_used_at: now, expires_at: now, user_agent: None }
}

/// Mocks that know two sides of one booking, and panic at what no test asks.
pub fn ports() -> Ports {
    let mut ids = MockIds::new();
    ids.expect_uuid().returning(|| Uuid::from_u128(7));
    let mut clock = MockClock::new();
    clock.expect_now().returning(|| DateTime::UNIX_EPOCH);
    let mut queries = MockQueries::new();
    queries.expect_ping().returning(|| Err(StoreError::Unavailable("secret path".into())));
    let mut users = MockUserRepository::new();
    users.expect_by_email().returning(|_| Ok(None));
    users.expect_commit().returning(|_| Ok(()));
    users.expect_get().returning(|_| Ok(None));
    let mut properties = MockPropertyRepository::new();
    properties.expect_get().withf(|asked| asked.uuid() == id(3)).returning(|_| Ok(Some(property())));
    properties.expect_calendar().returning(|_, _, _| Ok(Calendar::default()));
    let mut signer = MockSigner::new();
    signer.expect_sign().returning(|purpose, _| format!("signed {purpose}"));
    let mut bookings = MockBookingRepository::new();
    bookings.expect_get().returning(|id| Ok(Some(booking()).filter(|booking| booking.id == id)));
    bookings
        .expect_with_payment()
        .returning(|id| Ok(Some((booking(), None)).filter(|(booking, _)| booking.id == id)));
    let payments = MockPaymentRepository::new();
    let mut ledger = MockLedgerQueries::new();
    ledger.expect_entries().returning(|_, _| Ok(Page { data: vec![sale()], next: None }));
    ledger.expect_balances().returning(|| Ok(vec![sale().postings]));
    ledger.expect_payouts().returning(|_, _| Ok(Page { data: Vec::new(), next: None }));
    ledger.expect_host_balances().returning(|_| Ok(Vec::new()));
    let mut access_tokens = MockAccessTokens::new();
    access_tokens.expect_read().returning(claims);
    let mut sessions = MockSessionStore::new();
    sessions.expect_get().returning(|id, now| Ok(Some(session(id, now))));
    let mut hasher = MockPasswordHasher::new();
    hasher.expect_hash().returning(|_| Ok("hash".into()));
    Ports {
        users: Arc::new(users),
        properties: Arc::new(properties),
        bookings: Arc::new(bookings),
        payments: Arc::new(payments),
        reviews: Arc::new(MockReviewRepository::new()),
        queries: Arc::new(queries),
        ledger: Arc::new(ledger),
        sessions: Arc::new(sessions),
        one_time_tokens: Arc::new(MockOneTimeTokens::new()),
        jobs: Arc::new(MockJobQueue::new()),
        gateway: Arc::new(MockPaymentGateway::new()),
        mailer: Arc::new(MockMailer::new()),
        hasher: Arc::new(hasher),
        access_tokens: Arc::new(access_tokens),
        signer: Arc::new(signer),
        clock: Arc::new(clock),
        ids: Arc::new(ids),
        terms: Arc::new(MarketplaceTerms::default()),
    }
}

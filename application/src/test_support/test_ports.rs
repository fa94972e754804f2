//! Ports for unit tests: mocks that panic on unexpected calls, a fixed clock, sequential ids.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sojourn_domain::booking::MockBookingRepository;
use sojourn_domain::payment::MockPaymentRepository;
use sojourn_domain::property::{
    Address, Location, MockPropertyRepository, Pricing, Property, PropertyDetails, PropertyStatus,
};
use sojourn_domain::review::{
    MockReviewRepository, Review, ReviewRecord, ReviewText, Scores, Subject,
};
use sojourn_domain::shared::{
    Actor, Currency, Email, MarketplaceTerms, Money, PropertyId, ReviewId, SessionId, UserId,
};
use sojourn_domain::user::{
    MAX_WRONG_CODES, MockSecondFactorRepository, MockUserRepository, Profile, SecondFactor, User,
};
use sojourn_domain::wishlist::MockWishlistRepository;
use uuid::Uuid;

use crate::access::{ClientInfo, OwnerProof};
use crate::ports::{
    Allowance, Ids, MockAccessTokens, MockAccountEvents, MockAuditLog, MockBookingQueries,
    MockClock, MockDebtWaivers, MockDueWork, MockGuestActivity, MockHealthCheck, MockJobAdmin,
    MockJobQueue, MockLedgerQueries, MockMailQuota, MockMailer, MockOneTimeTokens,
    MockPasswordHasher, MockPaymentGateway, MockPaymentQueries, MockPropertyQueries,
    MockRateLimits, MockReviewQueries, MockSessionStore, MockSigner, MockTotpCodes,
    MockUserQueries, MockWorkerRegistry, NoCache, Ports, Quota, Session, Unlimited,
    UnlimitedActivity, UnlimitedMails,
};

/// Every port as a mock. Set expectations, then take [`TestPorts::ports`].
pub(crate) struct TestPorts {
    pub users: MockUserRepository,
    pub factors: MockSecondFactorRepository,
    pub properties: MockPropertyRepository,
    pub bookings: MockBookingRepository,
    pub payments: MockPaymentRepository,
    pub reviews: MockReviewRepository,
    pub wishlists: MockWishlistRepository,
    pub user_queries: MockUserQueries,
    pub property_queries: MockPropertyQueries,
    pub booking_queries: MockBookingQueries,
    pub payment_queries: MockPaymentQueries,
    pub review_queries: MockReviewQueries,
    pub ledger: MockLedgerQueries,
    pub debt_waivers: MockDebtWaivers,
    pub sessions: MockSessionStore,
    pub one_time_tokens: MockOneTimeTokens,
    pub audit: MockAuditLog,
    pub account_events: MockAccountEvents,
    pub jobs: MockJobQueue,
    pub due_work: MockDueWork,
    pub job_admin: MockJobAdmin,
    pub gateway: MockPaymentGateway,
    pub mailer: MockMailer,
    pub hasher: MockPasswordHasher,
    pub access_tokens: MockAccessTokens,
    pub totp: MockTotpCodes,
    /// Unlimited unless set by a test.
    pub limits: Option<MockRateLimits>,
    /// Admits every mail unless set by a test.
    pub mail_quota: Option<MockMailQuota>,
    /// Limits nothing unless set by a test.
    pub guest_activity: Option<MockGuestActivity>,
    pub signer: MockSigner,
    pub now: DateTime<Utc>,
    pub terms: MarketplaceTerms,
}

impl TestPorts {
    pub(crate) fn new() -> Self {
        Self {
            users: MockUserRepository::new(),
            factors: MockSecondFactorRepository::new(),
            properties: MockPropertyRepository::new(),
            bookings: MockBookingRepository::new(),
            payments: MockPaymentRepository::new(),
            reviews: MockReviewRepository::new(),
            wishlists: MockWishlistRepository::new(),
            user_queries: MockUserQueries::new(),
            property_queries: MockPropertyQueries::new(),
            booking_queries: MockBookingQueries::new(),
            payment_queries: MockPaymentQueries::new(),
            review_queries: MockReviewQueries::new(),
            ledger: MockLedgerQueries::new(),
            debt_waivers: MockDebtWaivers::new(),
            sessions: MockSessionStore::new(),
            one_time_tokens: MockOneTimeTokens::new(),
            audit: MockAuditLog::new(),
            account_events: MockAccountEvents::new(),
            jobs: MockJobQueue::new(),
            due_work: MockDueWork::new(),
            job_admin: MockJobAdmin::new(),
            gateway: MockPaymentGateway::new(),
            mailer: MockMailer::new(),
            hasher: MockPasswordHasher::new(),
            access_tokens: MockAccessTokens::new(),
            totp: MockTotpCodes::new(),
            limits: None,
            mail_quota: None,
            guest_activity: None,
            signer: MockSigner::new(),
            now: now(),
            terms: MarketplaceTerms::default(),
        }
    }

    pub(crate) fn ports(self) -> Ports {
        let mut clock = MockClock::new();
        let now = self.now;
        clock.expect_now().returning(move || now);
        Ports {
            users: Arc::new(self.users),
            factors: Arc::new(self.factors),
            properties: Arc::new(self.properties),
            bookings: Arc::new(self.bookings),
            payments: Arc::new(self.payments),
            reviews: Arc::new(self.reviews),
            wishlists: Arc::new(self.wishlists),
            user_queries: Arc::new(self.user_queries),
            property_queries: Arc::new(self.property_queries),
            booking_queries: Arc::new(self.booking_queries),
            payment_queries: Arc::new(self.payment_queries),
            review_queries: Arc::new(self.review_queries),
            health: Arc::new(MockHealthCheck::new()),
            ledger: Arc::new(self.ledger),
            debt_waivers: Arc::new(self.debt_waivers),
            sessions: Arc::new(self.sessions),
            one_time_tokens: Arc::new(self.one_time_tokens),
            audit: Arc::new(self.audit),
            account_events: Arc::new(self.account_events),
            jobs: Arc::new(self.jobs),
            due_work: Arc::new(self.due_work),
            job_admin: Arc::new(self.job_admin),
            workers: Arc::new(MockWorkerRegistry::new()),
            gateway: Arc::new(self.gateway),
            mailer: Arc::new(self.mailer),
            hasher: Arc::new(self.hasher),
            access_tokens: Arc::new(self.access_tokens),
            totp: Arc::new(self.totp),
            limits: self
                .limits
                .map_or_else(|| Arc::new(Unlimited) as _, |limits| Arc::new(limits) as _),
            guest_activity: self.guest_activity.map_or_else(
                || Arc::new(UnlimitedActivity) as _,
                |activity| Arc::new(activity) as _,
            ),
            mail_quota: self.mail_quota.map_or_else(
                || Arc::new(UnlimitedMails) as _,
                |quota| Arc::new(quota) as _,
            ),
            cache: Arc::new(NoCache),
            signer: Arc::new(self.signer),
            clock: Arc::new(clock),
            ids: Arc::new(CountedIds::default()),
            terms: Arc::new(self.terms),
        }
    }
}

/// Ids `…1001`, `…1002`; secrets `secret 1`, `secret 2`; codes of repeated `A`.
#[derive(Default)]
struct CountedIds {
    uuids: AtomicU64,
    secrets: AtomicU64,
}

impl Ids for CountedIds {
    fn uuid(&self) -> Uuid {
        Uuid::from_u128(u128::from(
            0x1000 + self.uuids.fetch_add(1, Ordering::Relaxed) + 1,
        ))
    }

    fn secret(&self) -> String {
        format!(
            "secret {}",
            self.secrets.fetch_add(1, Ordering::Relaxed) + 1
        )
    }

    fn code(&self, length: usize) -> String {
        "A".repeat(length)
    }
}

/// Noon of 1 June 2026, UTC.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::parse("USD").unwrap())
}

pub(crate) fn profile() -> Profile {
    Profile {
        first_name: "Ana".into(),
        last_name: "Ruiz".into(),
        phone: None,
        locale: None,
        currency: None,
    }
}

/// `ana@mail.example`, id 1, with an unverified address.
pub(crate) fn unverified() -> User {
    let email = Email::parse("ana@mail.example").unwrap();
    User::register(
        UserId::new(Uuid::from_u128(1)),
        email,
        Some("hash".into()),
        profile(),
        now(),
    )
    .unwrap()
}

/// The same user with a verified address and a password; version 1.
pub(crate) fn user() -> User {
    let mut record = unverified().into_record();
    record.email_verified = true;
    User::restore(record).unwrap()
}

pub(crate) fn actor_of(user: &User) -> Actor {
    Actor::member(user.id)
}

/// A member without any relation to the test data, id 99.
pub(crate) fn stranger() -> Actor {
    Actor::member(UserId::new(Uuid::from_u128(99)))
}

/// An operator, id 90.
pub(crate) fn operator() -> Actor {
    Actor::operator(UserId::new(Uuid::from_u128(90)))
}

pub(crate) fn session_of(user: &User) -> Session {
    Session {
        id: SessionId::new(Uuid::from_u128(50)),
        user_id: user.id,
        created_at: now(),
        last_used_at: now(),
        expires_at: now() + TimeDelta::days(30),
        user_agent: None,
        address: None,
    }
}

/// A factor after too many wrong codes.
pub(crate) fn blocked() -> SecondFactor {
    (0..MAX_WRONG_CODES).fold(second_factor(), |factor, _| factor.count_wrong_code())
}

/// The proof of a caller who has just logged in.
pub(crate) fn recent_login() -> OwnerProof {
    OwnerProof {
        logged_in_at: now(),
        password: None,
    }
}

/// The proof of a caller who logged in an hour ago and sends no password.
pub(crate) fn old_login() -> OwnerProof {
    OwnerProof {
        logged_in_at: now() - TimeDelta::hours(1),
        password: None,
    }
}

/// A client at 192.0.2.7.
pub(crate) fn client_info() -> ClientInfo {
    ClientInfo {
        address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
        user_agent: None,
    }
}

/// Rate limits that grant everything except one quota for one key, which can be retried in
/// 7 seconds.
pub(crate) fn limits_except(spent: Quota, name: impl ToString + Send + 'static) -> MockRateLimits {
    let mut limits = MockRateLimits::new();
    limits.expect_consume().returning(move |quota, key| {
        if quota == spent && key == name.to_string() {
            Allowance {
                granted: false,
                remaining: 0,
                resets_in: 60,
                retry_in: 7,
            }
        } else {
            quota.untouched()
        }
    });
    limits
}

/// User 1's second factor, not confirmed yet; version 1.
pub(crate) fn enrolled() -> SecondFactor {
    SecondFactor::enrol(None, user().id, "sealed".into()).unwrap()
}

/// The same, confirmed at step 10, with the recovery codes `first` and `second`; version 2.
pub(crate) fn second_factor() -> SecondFactor {
    enrolled()
        .confirm(10, vec!["first".into(), "second".into()], now())
        .unwrap()
}

/// Complete details: New York, 4 guests, 100 USD a night.
pub(crate) fn complete_details() -> PropertyDetails {
    PropertyDetails {
        title: Some("Loft".into()),
        description: Some("Bright.".into()),
        address: Address {
            line1: Some("1 Main St".into()),
            city: Some("New York".into()),
            country: Some("US".into()),
            ..Address::default()
        },
        location: Some(Location {
            latitude: 40.7,
            longitude: -74.0,
        }),
        time_zone: Some(chrono_tz::America::New_York),
        max_guests: Some(4),
        pricing: Some(Pricing::nightly(usd(100_00))),
        ..PropertyDetails::default()
    }
}

/// A draft of user 1, id 10, version 1.
pub(crate) fn draft(details: PropertyDetails) -> Property {
    Property::draft(
        PropertyId::new(Uuid::from_u128(10)),
        user().id,
        details,
        now(),
    )
    .unwrap()
}

/// The same, complete and listed.
pub(crate) fn listed() -> Property {
    let mut record = draft(complete_details()).into_record();
    record.status = PropertyStatus::Listed;
    Property::restore(record).unwrap()
}

/// A review of that property by user 99, id 7, published or still blind.
pub(crate) fn review(published: bool) -> Review {
    Review::restore(ReviewRecord {
        id: ReviewId::new(Uuid::from_u128(7)),
        booking_id: None,
        property_id: listed().id,
        reviewer_id: stranger().user_id,
        addressee_id: user().id,
        subject: Subject::Property,
        text: ReviewText {
            scores: Scores {
                overall: 4,
                categories: BTreeMap::new(),
            },
            public_comment: "Loud.".into(),
            private_note: None,
        },
        response: None,
        window_ends_at: now(),
        published_at: published.then(now),
        respond_by: None,
        created_at: now(),
        updated_at: now(),
        version: 1,
    })
    .unwrap()
}

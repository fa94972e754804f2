//! Mocks of list queries.

use chrono::DateTime;
use sojourn_application::ports::{
    AuditLine, MockAuditLog, MockBookingQueries, MockHealthCheck, MockLedgerQueries,
    MockPaymentQueries, MockPropertyQueries, MockReviewQueries, MockUserQueries, Obligations,
    PropertyFilter, RefundView,
};
use sojourn_domain::ledger::{Account, JournalEntry, PostingReason, Postings};
use sojourn_domain::property::Property;
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, BookingId, BookingRole, Currency, Page,
    PaymentEntryId, PaymentId, PropertyId, RepositoryError, UserId,
};
use sojourn_domain::wishlist::MockWishlistRepository;
use uuid::Uuid;

use super::accounts::all_users;
use super::marketplace::{booking, property, usd};

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn page<T>(data: impl IntoIterator<Item = T>) -> Page<T> {
    Page {
        data: data.into_iter().collect(),
        next: None,
    }
}

fn sale() -> JournalEntry {
    let amounts = [
        (Account::GuestReceivable, usd(342_60)),
        (Account::HostPayable, usd(-342_60)),
    ];
    JournalEntry {
        property_id: PropertyId::new(id(3)),
        booking_id: BookingId::new(id(4)),
        host_id: UserId::new(id(1)),
        cause: PostingReason::Sale,
        source: id(4),
        at: DateTime::UNIX_EPOCH,
        postings: Postings::try_new(Currency::parse("USD").unwrap(), amounts).unwrap(),
    }
}

fn refund() -> RefundView {
    RefundView {
        id: PaymentEntryId::new(id(10)),
        payment_id: PaymentId::new(id(6)),
        booking_id: BookingId::new(id(4)),
        property_id: PropertyId::new(id(3)),
        amount: usd(20_00),
        at: DateTime::UNIX_EPOCH,
        reason: Some("A cold shower".into()),
        borne_by: Some(BookingRole::Host),
    }
}

fn audit_line() -> AuditLine {
    let operator = Actor {
        address: "192.0.2.7".parse().ok(),
        ..Actor::operator(UserId::new(id(9)))
    };
    let subject = AuditSubject::Property(PropertyId::new(id(3)));
    let entry = AuditEntry::of(
        &operator,
        AuditAction::PropertySuspended,
        subject,
        DateTime::UNIX_EPOCH,
    );
    AuditLine {
        number: 1,
        entry: entry.with_change("listed", "suspended: fraud"),
        hash: "0".repeat(64),
    }
}

fn matches_filter(filter: &PropertyFilter, property: &Property) -> bool {
    filter.status.is_none_or(|status| status == property.status)
        && filter.host.is_none_or(|host| host == property.host_id)
}

/// A database that does not answer.
pub fn health() -> MockHealthCheck {
    let mut health = MockHealthCheck::new();
    health
        .expect_ping()
        .returning(|| Err(RepositoryError::Unavailable("secret path".into())));
    health
}

/// Queries of accounts; the guest has an open booking.
pub fn user_queries() -> MockUserQueries {
    let mut queries = list_of_users();
    queries.expect_obligations().returning(|user| {
        Ok(Obligations {
            debts: false,
            bookings: user.uuid() == id(2),
            payouts: false,
        })
    });
    queries
}

/// The same queries, with these obligations for all accounts.
pub fn queries_with_obligations(all: Obligations) -> MockUserQueries {
    let mut queries = list_of_users();
    queries.expect_obligations().returning(move |_| Ok(all));
    queries
}

fn list_of_users() -> MockUserQueries {
    let mut queries = MockUserQueries::new();
    queries
        .expect_users()
        .returning(|_, _| Ok(page(all_users())));
    queries.expect_with_host_flag().returning(|ids| {
        let found = all_users().filter(|user| ids.contains(&user.id));
        Ok(found.map(|user| (user, true)).collect())
    });
    queries
}

/// Queries of properties, which find one at most.
pub fn property_queries() -> MockPropertyQueries {
    let mut queries = MockPropertyQueries::new();
    queries.expect_count_unlisted().returning(|_| Ok(0));
    queries.expect_properties().returning(|filter, _| {
        Ok(page(
            Some(property()).filter(|property| matches_filter(&filter, property)),
        ))
    });
    queries
}

/// Queries of bookings, which find one.
pub fn booking_queries() -> MockBookingQueries {
    let mut queries = MockBookingQueries::new();
    queries
        .expect_bookings()
        .returning(|_, _| Ok(page([booking()])));
    queries
        .expect_has_confirmed_booking()
        .returning(|guest, property| {
            let booking = booking();
            Ok(booking.guest_id == guest && booking.property_id == property)
        });
    queries
}

/// No payments, one refund.
pub fn payment_queries() -> MockPaymentQueries {
    let mut queries = MockPaymentQueries::new();
    queries.expect_payments().returning(|_, _| Ok(page([])));
    queries.expect_refunds().returning(|_| Ok(page([refund()])));
    queries
}

/// No reviews.
pub fn review_queries() -> MockReviewQueries {
    let mut queries = MockReviewQueries::new();
    queries.expect_reviews().returning(|_, _| Ok(page([])));
    queries
}

/// Accounts without wish lists.
pub fn wishlists() -> MockWishlistRepository {
    let mut wishlists = MockWishlistRepository::new();
    wishlists.expect_of_user().returning(|_, _, _| Ok(page([])));
    wishlists
}

/// A ledger with one sale.
pub fn ledger() -> MockLedgerQueries {
    let mut ledger = MockLedgerQueries::new();
    ledger.expect_entries().returning(|_, _| Ok(page([sale()])));
    ledger
        .expect_balances()
        .returning(|| Ok(vec![sale().postings]));
    ledger.expect_payouts().returning(|_, _| Ok(page([])));
    ledger.expect_host_balances().returning(|_| Ok(Vec::new()));
    ledger
}

/// An audit log with one entry that accepts any other.
pub fn audit() -> MockAuditLog {
    let mut audit = MockAuditLog::new();
    audit.expect_append().returning(|_| Ok(()));
    audit
        .expect_page()
        .returning(|_, _| Ok(page([audit_line()])));
    audit
}

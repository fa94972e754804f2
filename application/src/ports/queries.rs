//! Read models. Every list is bounded, and a page takes a constant number of statements.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use sojourn_domain::booking::{Booking, BookingStatus};
use sojourn_domain::payment::Payment;
use sojourn_domain::property::{
    Calendar, Location, Property, PropertyStatus, PropertyType, RoomType,
};
use sojourn_domain::review::{Review, Subject};
use sojourn_domain::shared::{
    BookingId, BookingRole, Currency, Money, Page, PageRequest, PaymentEntryId, PaymentId,
    PropertyId, RepositoryError, Stay, UserId,
};
use sojourn_domain::user::{Role, User};

/// Sort order of search results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchSort {
    /// By number of ratings, then mean rating, descending.
    #[default]
    Relevance,
    /// By price per night, ascending.
    Price,
    /// By price per night, descending.
    PriceDescending,
    /// By mean rating, descending.
    Rating,
    /// By distance, ascending; requires `near`.
    Distance,
}

/// Search criteria.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PropertySearch {
    /// City, without regard to case, accents and composition.
    pub city: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// Words in the title, description or city, likewise.
    pub text: Option<String>,
    /// A point and a radius in kilometres around it. Searches compare the displayed location of a
    /// property, not the exact one.
    pub near: Option<(Location, f64)>,
    /// South-west and north-east corners; a western longitude above the eastern one crosses the
    /// antimeridian.
    pub within: Option<(Location, Location)>,
    /// Dates that must be free, including the preparation nights after them.
    pub stay: Option<Stay>,
    /// Number of adults and children.
    pub guests: Option<u32>,
    /// Minimum mean price of a night of the stay before discounts, fees and taxes, or without a stay
    /// minimum nightly price, in minor units.
    pub price_min: Option<i64>,
    /// Maximum price of a night, likewise.
    pub price_max: Option<i64>,
    /// The currency of both prices.
    pub currency: Option<Currency>,
    /// Kind of building.
    pub property_type: Option<PropertyType>,
    /// Kind of room.
    pub room_type: Option<RoomType>,
    /// Required amenities.
    pub amenities: Vec<String>,
    /// Minimum number of bedrooms.
    pub bedrooms_min: Option<u32>,
    /// Instant booking on or off.
    pub instant: Option<bool>,
    /// Minimum mean rating, in hundredths.
    pub rating_min: Option<i64>,
    /// The host, for a host's own list; includes all statuses.
    pub host: Option<UserId>,
    /// Sort order.
    pub sort: SearchSort,
}

/// A matching property.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The property.
    pub property: Property,
    /// Its calendar over the requested stay; empty without one.
    pub calendar: Calendar,
    /// Its cursor position, as used in a page's `next`.
    pub position: String,
}

/// Role of a user in a booking, as a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Guest.
    Guest,
    /// Host.
    Host,
    /// Guest or host.
    Either,
}

/// Filter for bookings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingFilter {
    /// The user and role; all bookings if absent (for operators).
    pub user: Option<(UserId, Side)>,
    /// With this status.
    pub status: Option<BookingStatus>,
    /// Of this property.
    pub property_id: Option<PropertyId>,
    /// With check-out after this date.
    pub from: Option<NaiveDate>,
    /// With check-in before this date.
    pub to: Option<NaiveDate>,
}

/// Filter for accounts, for operators.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserFilter {
    /// Prefix of the e-mail address, case-insensitive.
    pub email_prefix: Option<String>,
    /// Words in the name, without regard to case, accents and composition.
    pub name: Option<String>,
    /// With this role.
    pub role: Option<Role>,
    /// In this state.
    pub state: Option<AccountState>,
}

/// State of an account; the states are exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// The e-mail address is not verified.
    Unverified,
    /// The account can log in.
    Active,
    /// Suspended by an operator.
    Suspended,
    /// Anonymized.
    Erased,
}

impl AccountState {
    /// State of an account: erased takes precedence over suspended, suspended over unverified.
    #[must_use]
    pub fn of(user: &User) -> Self {
        if user.erased_at.is_some() {
            Self::Erased
        } else if user.suspended_at.is_some() {
            Self::Suspended
        } else if user.email_verified {
            Self::Active
        } else {
            Self::Unverified
        }
    }

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Erased => "erased",
        }
    }
}

/// Filter for properties in any status, for operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PropertyFilter {
    /// In this status.
    pub status: Option<PropertyStatus>,
    /// Of this host.
    pub host: Option<UserId>,
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundView {
    /// The payment's entry.
    pub id: PaymentEntryId,
    /// The payment.
    pub payment_id: PaymentId,
    /// Its booking.
    pub booking_id: BookingId,
    /// Its property.
    pub property_id: PropertyId,
    /// The amount.
    pub amount: Money,
    /// Timestamp of the entry (UTC).
    pub at: DateTime<Utc>,
    /// Reason for the refund.
    pub reason: Option<String>,
    /// The party that bears a refund beyond the policy.
    pub borne_by: Option<BookingRole>,
}

/// Obligations that prevent an account from being erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Obligations {
    /// True if a booking as guest or host is held, awaited, confirmed or checked in.
    pub bookings: bool,
    /// True if a payout to the account is pending.
    pub payouts: bool,
    /// True if the account owes money as a host, after cancellation fees or refunds of paid-out
    /// stays.
    pub debts: bool,
}

/// Filter for reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewFilter {
    /// Published reviews of a property, newest first.
    OfProperty(PropertyId),
    /// Reviews by a user, published or not, newest first.
    By(UserId),
    /// Published reviews of a user as a guest.
    OfGuest(UserId),
}

impl ReviewFilter {
    /// The subject of the reviews, if fixed by the filter.
    #[must_use]
    pub const fn subject(self) -> Option<Subject> {
        match self {
            Self::OfProperty(_) => Some(Subject::Property),
            Self::OfGuest(_) => Some(Subject::Guest),
            Self::By(_) => None,
        }
    }
}

/// Paginated lists, newest first unless stated otherwise. A cursor that was not issued by this
/// server starts at the beginning.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait Queries: Send + Sync {
    /// Listed properties that match; with a stay, those whose nights are free and whose limits
    /// allow it.
    async fn search(
        &self,
        search: PropertySearch,
        page: PageRequest,
    ) -> Result<Page<SearchHit>, RepositoryError>;

    /// True if the properties that a search finds, whatever their prices, are priced in more than one
    /// currency.
    async fn has_mixed_currencies(&self, search: PropertySearch) -> Result<bool, RepositoryError>;

    /// Bookings.
    async fn bookings(
        &self,
        filter: BookingFilter,
        page: PageRequest,
    ) -> Result<Page<Booking>, RepositoryError>;

    /// Payments of bookings in which the user is guest or host, or all payments without a user.
    async fn payments(
        &self,
        user: Option<UserId>,
        page: PageRequest,
    ) -> Result<Page<Payment>, RepositoryError>;

    /// Reviews.
    async fn reviews(
        &self,
        filter: ReviewFilter,
        page: PageRequest,
    ) -> Result<Page<Review>, RepositoryError>;

    /// Accounts.
    async fn users(
        &self,
        filter: UserFilter,
        page: PageRequest,
    ) -> Result<Page<User>, RepositoryError>;

    /// Properties in any status, newest first.
    async fn properties(
        &self,
        filter: PropertyFilter,
        page: PageRequest,
    ) -> Result<Page<Property>, RepositoryError>;

    /// Refunds, newest first.
    async fn refunds(&self, page: PageRequest) -> Result<Page<RefundView>, RepositoryError>;

    /// Obligations that prevent an account from being erased.
    async fn obligations(&self, user: UserId) -> Result<Obligations, RepositoryError>;

    /// True if a property has bookings that are held, awaited, confirmed or checked in.
    async fn has_active_bookings(&self, property: PropertyId) -> Result<bool, RepositoryError>;

    /// True if the account has a booking as guest there that is confirmed, checked in or completed.
    async fn has_confirmed_booking(
        &self,
        guest: UserId,
        property: PropertyId,
    ) -> Result<bool, RepositoryError>;

    /// Number of a user's listed properties; a user with at least one is a host.
    async fn count_listed(&self, host: UserId) -> Result<u64, RepositoryError>;

    /// Succeeds if the database responds and takes writes.
    async fn ping(&self) -> Result<(), RepositoryError>;
}

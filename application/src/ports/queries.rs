//! Reads for screens. Every list is bounded, and a page takes a constant number of statements.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use sojourn_domain::booking::{Booking, Status};
use sojourn_domain::payment::Payment;
use sojourn_domain::property::{
    Calendar, Location, Property, PropertyStatus, PropertyType, RoomType,
};
use sojourn_domain::review::{Review, Subject};
use sojourn_domain::shared::{
    BookingId, Currency, Money, Page, PageRequest, Party, PaymentEntryId, PaymentId, PropertyId,
    Stay, StoreError, UserId,
};
use sojourn_domain::user::{Role, User};

/// In which order a search answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchSort {
    /// Best first: by rating count and rating.
    #[default]
    Relevance,
    /// Cheapest night first.
    Price,
    /// Dearest night first.
    PriceDescending,
    /// Best rated first.
    Rating,
    /// Nearest first; needs `near`.
    Distance,
}

/// What a guest looks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PropertySearch {
    /// City, without regard to case.
    pub city: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// Words in title, description or city.
    pub text: Option<String>,
    /// A point and a radius in kilometres.
    pub near: Option<(Location, f64)>,
    /// South-west and north-east corner; west above east crosses the antimeridian.
    pub within: Option<(Location, Location)>,
    /// The stay, and the preparation after it, must be free.
    pub stay: Option<Stay>,
    /// Adults and children.
    pub guests: Option<u32>,
    /// Least base price of a night, in minor units.
    pub price_min: Option<i64>,
    /// Greatest base price of a night, in minor units.
    pub price_max: Option<i64>,
    /// The currency of those.
    pub currency: Option<Currency>,
    /// Kind of building.
    pub property_type: Option<PropertyType>,
    /// How much of it.
    pub room_type: Option<RoomType>,
    /// All of these.
    pub amenities: Vec<String>,
    /// At least so many.
    pub bedrooms_min: Option<u32>,
    /// Instantly bookable, or not.
    pub instant: Option<bool>,
    /// Least mean rating, in hundredths.
    pub rating_min: Option<i64>,
    /// Whose; for a host's own list, in any status.
    pub host: Option<UserId>,
    /// In which order.
    pub sort: SearchSort,
}

/// A property found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The property.
    pub property: Property,
    /// Its calendar over the stay that was searched for; empty without one.
    pub calendar: Calendar,
    /// Its position in the order, as a page's `next` would give it.
    pub position: String,
}

/// As what one is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// As the guest.
    Guest,
    /// As the host.
    Host,
    /// As either.
    Either,
}

/// Which bookings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingFilter {
    /// Whose; everybody's (an operator's list) when absent.
    pub user: Option<(UserId, Side)>,
    /// In this state.
    pub status: Option<Status>,
    /// Of this property.
    pub property_id: Option<PropertyId>,
    /// Check-out after this date.
    pub from: Option<NaiveDate>,
    /// Check-in before this date.
    pub to: Option<NaiveDate>,
}

/// Which accounts, for operators.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserFilter {
    /// Whose address begins so, without regard to case.
    pub email_prefix: Option<String>,
    /// With this role.
    pub role: Option<Role>,
    /// In this state.
    pub state: Option<AccountState>,
}

/// What an account can be, one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// Its address is not proved yet.
    Unverified,
    /// It can log in.
    Active,
    /// An operator keeps it from acting.
    Suspended,
    /// It is anonymised.
    Erased,
}

impl AccountState {
    /// What an account is: erased before suspended, suspended before unverified.
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

    /// The word for it.
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

/// Which properties, in any status, for operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PropertyFilter {
    /// In this status.
    pub status: Option<PropertyStatus>,
    /// Of this host.
    pub host: Option<UserId>,
}

/// Money that was given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundView {
    /// The entry of the payment.
    pub id: PaymentEntryId,
    /// The payment.
    pub payment_id: PaymentId,
    /// Its booking.
    pub booking_id: BookingId,
    /// Its property.
    pub property_id: PropertyId,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: Option<String>,
    /// Who gives it beyond what the policy says.
    pub borne_by: Option<Party>,
}

/// What keeps an account from being erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Obligations {
    /// Bookings as guest or host that are held, awaited, confirmed or checked in.
    pub bookings: bool,
    /// Sums that are still to be paid out to it.
    pub payouts: bool,
}

/// Which reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewFilter {
    /// The published ones of a property, the newest first.
    OfProperty(PropertyId),
    /// Those that a user wrote, published or not, the newest first.
    By(UserId),
    /// The published ones of a user as a guest.
    OfGuest(UserId),
}

impl ReviewFilter {
    /// Whom the reviews are of, where that is fixed.
    #[must_use]
    pub const fn subject(self) -> Option<Subject> {
        match self {
            Self::OfProperty(_) => Some(Subject::Property),
            Self::OfGuest(_) => Some(Subject::Guest),
            Self::By(_) => None,
        }
    }
}

/// Lists in pages, newest first unless said otherwise. A position that is not one of ours begins at the start.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait Queries: Send + Sync {
    /// Listed properties that fit; with a stay, those whose nights are free and whose own limits allow it.
    async fn search(
        &self,
        search: PropertySearch,
        page: PageRequest,
    ) -> Result<Page<SearchHit>, StoreError>;

    /// Bookings.
    async fn bookings(
        &self,
        filter: BookingFilter,
        page: PageRequest,
    ) -> Result<Page<Booking>, StoreError>;

    /// Payments of bookings in which a user is the guest or the host; everybody's without one.
    async fn payments(
        &self,
        user: Option<UserId>,
        page: PageRequest,
    ) -> Result<Page<Payment>, StoreError>;

    /// Reviews.
    async fn reviews(
        &self,
        filter: ReviewFilter,
        page: PageRequest,
    ) -> Result<Page<Review>, StoreError>;

    /// Accounts.
    async fn users(&self, filter: UserFilter, page: PageRequest) -> Result<Page<User>, StoreError>;

    /// Properties in any status, the newest first.
    async fn properties(
        &self,
        filter: PropertyFilter,
        page: PageRequest,
    ) -> Result<Page<Property>, StoreError>;

    /// Refunds, the newest first.
    async fn refunds(&self, page: PageRequest) -> Result<Page<RefundView>, StoreError>;

    /// What keeps an account from being erased.
    async fn obligations(&self, user: UserId) -> Result<Obligations, StoreError>;

    /// Whether a property has bookings that are held, awaited, confirmed or checked in.
    async fn has_bookings_ahead(&self, property: PropertyId) -> Result<bool, StoreError>;

    /// Whether an account has a booking as guest there that is confirmed, checked in or completed.
    async fn has_certain_booking(
        &self,
        guest: UserId,
        property: PropertyId,
    ) -> Result<bool, StoreError>;

    /// How many properties of a user are listed: more than none makes a host.
    async fn listed_count(&self, host: UserId) -> Result<u64, StoreError>;

    /// Answers when the database does.
    async fn ping(&self) -> Result<(), StoreError>;
}

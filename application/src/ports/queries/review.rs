//! Queries of reviews.

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use sojourn_domain::property::Rating;
use sojourn_domain::review::{Category, Review, Subject};
use sojourn_domain::shared::{BookingId, Page, PageRequest, PropertyId, RepositoryError, UserId};

/// Filter for reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewFilter {
    /// Published reviews of a property, newest first.
    OfProperty(PropertyId),
    /// Reviews by a user, published or not, newest first.
    By(UserId),
    /// Published reviews of a user as a guest.
    OfGuest(UserId),
    /// Reviews of all users, published or not, newest first.
    Any(AnyReviews),
}

/// Filter for reviews of all users, for operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AnyReviews {
    /// Of this property, or of a guest's stay there.
    pub property: Option<PropertyId>,
    /// By this user.
    pub reviewer: Option<UserId>,
    /// With this subject.
    pub subject: Option<Subject>,
}

impl ReviewFilter {
    /// The subject of the reviews, if fixed by the filter.
    #[must_use]
    pub const fn subject(self) -> Option<Subject> {
        match self {
            Self::OfProperty(_) => Some(Subject::Property),
            Self::OfGuest(_) => Some(Subject::Guest),
            Self::By(_) => None,
            Self::Any(filter) => filter.subject,
        }
    }
}

/// The ratings of a property by its reviews that count, in detail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RatingDetails {
    /// Number of reviews with one to five stars.
    pub stars: [i64; 5],
    /// Ratings by category; a category that was never rated is absent.
    pub categories: BTreeMap<Category, Rating>,
}

/// Queries of reviews.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait ReviewQueries: Send + Sync {
    /// Reviews.
    async fn reviews(
        &self,
        filter: ReviewFilter,
        page: PageRequest,
    ) -> Result<Page<Review>, RepositoryError>;

    /// The first pages of the published reviews of properties, newest first, by property; those without reviews are
    /// left out.
    async fn first_of_properties(
        &self,
        properties: Vec<PropertyId>,
        limit: u32,
    ) -> Result<HashMap<PropertyId, Page<Review>>, RepositoryError>;

    /// The reviews that a user wrote of these bookings, published or not, in any order.
    async fn written_of_bookings(
        &self,
        reviewer: UserId,
        bookings: Vec<BookingId>,
    ) -> Result<Vec<Review>, RepositoryError>;

    /// The ratings of properties in detail; those without reviews are left out.
    async fn rating_details(
        &self,
        properties: Vec<PropertyId>,
    ) -> Result<HashMap<PropertyId, RatingDetails>, RepositoryError>;
}

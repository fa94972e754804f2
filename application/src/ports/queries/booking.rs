//! Queries of bookings.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use sojourn_domain::booking::{Booking, BookingStatus};
use sojourn_domain::shared::{Page, PageRequest, PropertyId, RepositoryError, UserId};

/// Role of a user in a booking, as a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Guest.
    Guest,
    /// Host.
    Host,
    /// Guest or host.
    #[default]
    Either,
}

/// Part of the calendar that a stay is in, as a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Check-out is today or later, at the property.
    Upcoming,
    /// Check-out was before today, at the property.
    Past,
}

/// Order of a list of bookings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BookingSort {
    /// By the time of creation, the newest first.
    #[default]
    Newest,
    /// By the date of check-in, ascending.
    CheckIn,
    /// By the date of check-in, descending.
    CheckInDescending,
}

/// Filter for bookings, and their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BookingFilter {
    /// The user and role; all bookings if absent (for operators).
    pub user: Option<(UserId, Side)>,
    /// With one of these statuses; with any if there are none.
    pub statuses: Vec<BookingStatus>,
    /// Of this property.
    pub property_id: Option<PropertyId>,
    /// With check-out after this date.
    pub from: Option<NaiveDate>,
    /// With check-in before this date.
    pub to: Option<NaiveDate>,
    /// In this period, as it is at this instant.
    pub period: Option<(Period, DateTime<Utc>)>,
    /// With this confirmation code.
    pub confirmation_code: Option<String>,
    /// Order of the list.
    pub sort: BookingSort,
}

/// Queries of bookings.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait BookingQueries: Send + Sync {
    /// Bookings, in the order of the filter.
    async fn bookings(
        &self,
        filter: BookingFilter,
        page: PageRequest,
    ) -> Result<Page<Booking>, RepositoryError>;

    /// True if a property has bookings that are held, awaited, confirmed or checked in.
    async fn has_active_bookings(&self, property: PropertyId) -> Result<bool, RepositoryError>;

    /// True if the account has a booking as guest there that is confirmed, checked in or completed.
    async fn has_confirmed_booking(
        &self,
        guest: UserId,
        property: PropertyId,
    ) -> Result<bool, RepositoryError>;

    /// True if a host has a request or booking of a guest: one that awaits the host, is confirmed, checked in or
    /// completed, or of a guest who did not arrive.
    async fn has_request_or_booking(
        &self,
        host: UserId,
        guest: UserId,
    ) -> Result<bool, RepositoryError>;

    /// Those of the properties for which [`Self::has_confirmed_booking`] is true.
    async fn with_confirmed_booking(
        &self,
        guest: UserId,
        properties: Vec<PropertyId>,
    ) -> Result<Vec<PropertyId>, RepositoryError>;
}

//! Queries of bookings.

use async_trait::async_trait;
use diesel::prelude::*;
use sojourn_application::ports::{BookingFilter, BookingQueries};
use sojourn_domain::booking::{Booking, BookingStatus};
use sojourn_domain::shared::{Page, PageRequest, PropertyId, RepositoryError, UserId};

use super::list::list_bookings;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::schema::marketplace::bookings;

#[async_trait]
impl BookingQueries for Database {
    async fn bookings(
        &self,
        filter: BookingFilter,
        page: PageRequest,
    ) -> Result<Page<Booking>, RepositoryError> {
        self.read(move |conn| list_bookings(conn, &filter, &page))
            .await
    }

    async fn has_active_bookings(&self, property: PropertyId) -> Result<bool, RepositoryError> {
        self.read(move |conn| has_active_bookings(conn, property))
            .await
    }

    async fn has_confirmed_booking(
        &self,
        guest: UserId,
        property: PropertyId,
    ) -> Result<bool, RepositoryError> {
        self.read(move |conn| has_confirmed_booking(conn, guest, property))
            .await
    }

    async fn has_request_or_booking(
        &self,
        host: UserId,
        guest: UserId,
    ) -> Result<bool, RepositoryError> {
        self.read(move |conn| has_request_or_booking(conn, host, guest))
            .await
    }

    async fn with_confirmed_booking(
        &self,
        guest: UserId,
        properties: Vec<PropertyId>,
    ) -> Result<Vec<PropertyId>, RepositoryError> {
        self.read(move |conn| with_confirmed_booking(conn, guest, &properties))
            .await
    }
}

/// Statuses of a stay that is still to take place or under way.
const ACTIVE: [BookingStatus; 4] = [
    BookingStatus::PendingPayment,
    BookingStatus::AwaitingHost,
    BookingStatus::Confirmed,
    BookingStatus::CheckedIn,
];

/// Statuses of a stay that the host has agreed to and that was not cancelled.
const CONFIRMED: [BookingStatus; 3] = [
    BookingStatus::Confirmed,
    BookingStatus::CheckedIn,
    BookingStatus::Completed,
];

/// Statuses in which a host deals with a guest, or has dealt with one.
const REQUESTED_OR_BOOKED: [BookingStatus; 5] = [
    BookingStatus::AwaitingHost,
    BookingStatus::Confirmed,
    BookingStatus::CheckedIn,
    BookingStatus::Completed,
    BookingStatus::NoShow,
];

/// True if a property has bookings that are pending, confirmed or checked in.
pub(crate) fn has_active_bookings(
    conn: &mut AnyConnection,
    property: PropertyId,
) -> Result<bool, TxError> {
    let query = bookings::table
        .filter(bookings::property_id.eq(UuidColumn::from(property)))
        .filter(bookings::status.eq_any(ACTIVE.map(BookingStatus::as_str)))
        .select(bookings::id)
        .limit(1);
    Ok(query.first::<UuidColumn>(conn).optional()?.is_some())
}

/// True if a guest has a booking of a property that is confirmed, checked in or completed.
pub(crate) fn has_confirmed_booking(
    conn: &mut AnyConnection,
    guest: UserId,
    property: PropertyId,
) -> Result<bool, TxError> {
    let query = bookings::table
        .filter(bookings::guest_id.eq(UuidColumn::from(guest)))
        .filter(bookings::property_id.eq(UuidColumn::from(property)))
        .filter(bookings::status.eq_any(CONFIRMED.map(BookingStatus::as_str)))
        .select(bookings::id)
        .limit(1);
    Ok(query.first::<UuidColumn>(conn).optional()?.is_some())
}

/// True if a host has a request or booking of a guest.
pub(crate) fn has_request_or_booking(
    conn: &mut AnyConnection,
    host: UserId,
    guest: UserId,
) -> Result<bool, TxError> {
    let query = bookings::table
        .filter(bookings::guest_id.eq(UuidColumn::from(guest)))
        .filter(bookings::host_id.eq(UuidColumn::from(host)))
        .filter(bookings::status.eq_any(REQUESTED_OR_BOOKED.map(BookingStatus::as_str)))
        .select(bookings::id)
        .limit(1);
    Ok(query.first::<UuidColumn>(conn).optional()?.is_some())
}

/// Those of the properties of which a guest has a booking that is confirmed, checked in or completed.
pub(crate) fn with_confirmed_booking(
    conn: &mut AnyConnection,
    guest: UserId,
    properties: &[PropertyId],
) -> Result<Vec<PropertyId>, TxError> {
    let properties: Vec<UuidColumn> = properties.iter().map(|&id| id.into()).collect();
    let found: Vec<UuidColumn> = bookings::table
        .filter(bookings::guest_id.eq(UuidColumn::from(guest)))
        .filter(bookings::property_id.eq_any(properties))
        .filter(bookings::status.eq_any(CONFIRMED.map(BookingStatus::as_str)))
        .select(bookings::property_id)
        .distinct()
        .load(conn)?;
    Ok(found.into_iter().map(|id| PropertyId::new(id.0)).collect())
}

/// Number of all bookings.
pub(crate) fn count_bookings(conn: &mut AnyConnection) -> Result<u64, TxError> {
    let count: i64 = bookings::table.count().get_result(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

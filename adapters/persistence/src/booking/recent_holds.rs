//! Recent bookings of a guest.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sojourn_application::ports::RecentHolds;
use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{RepositoryError, UserId};

use super::row::BookingRow;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::database::Database;
use crate::query::pagination::convert_all;
use crate::schema::marketplace::bookings;

/// The most bookings that are looked at: far more than the rate limit on reservations lets an account make.
const MAX_RECENT: i64 = 200;

#[async_trait]
impl RecentHolds for Database {
    async fn of_guest(
        &self,
        guest: UserId,
        since: DateTime<Utc>,
    ) -> Result<Vec<Booking>, RepositoryError> {
        self.read(move |conn| {
            let query = bookings::table
                .filter(bookings::guest_id.eq(UuidColumn::from(guest)))
                .filter(bookings::created_at.ge(timestamp::to_db(since)))
                .order(bookings::created_at.desc())
                .limit(MAX_RECENT);
            let rows: Vec<BookingRow> = query.select(BookingRow::as_select()).load(conn)?;
            convert_all(rows, BookingRow::into_booking)
        })
        .await
    }
}

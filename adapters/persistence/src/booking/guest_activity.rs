//! Recent actions of a guest.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Timestamp;
use sojourn_application::ports::GuestActivity;
use sojourn_domain::booking::Booking;
use sojourn_domain::payment::EntryKind;
use sojourn_domain::shared::{RepositoryError, UserId};

use super::row::BookingRow;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::query::pagination::convert_all;
use crate::query::statement::{Statement, Value};
use crate::schema::marketplace::bookings;

/// The most bookings that are looked at: far more than the rate limit on reservations lets an account make.
const MAX_RECENT: i64 = 200;

#[derive(QueryableByName)]
struct RefusalRow {
    #[diesel(sql_type = Timestamp)]
    at: NaiveDateTime,
}

#[async_trait]
impl GuestActivity for Database {
    fn is_limited(&self) -> bool {
        true
    }

    async fn bookings_since(
        &self,
        guest: UserId,
        since: DateTime<Utc>,
    ) -> Result<Vec<Booking>, RepositoryError> {
        self.read(move |conn| bookings_since(conn, guest, since))
            .await
    }

    async fn refused_cards_since(
        &self,
        guest: UserId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<DateTime<Utc>>, RepositoryError> {
        self.read(move |conn| refused_cards_since(conn, guest, since, limit))
            .await
    }
}

/// Instants at which a card of a guest was refused, or a charge without an outcome was begun; see
/// [`GuestActivity::refused_cards_since`].
pub(crate) fn refused_cards_since(
    conn: &mut AnyConnection,
    guest: UserId,
    since: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<DateTime<Utc>>, TxError> {
    let mut sql = Statement::for_connection(conn);
    sql.push("SELECT at FROM (");
    // A refused refund names the capture that it is taken from.
    push_tries(&mut sql, "payment_entries", guest, since);
    let kind = sql.value(Value::Text(EntryKind::Failure.as_str().to_owned()));
    sql.push(&format!(
        " AND payment_entries.kind = {kind} AND payment_entries.against IS NULL UNION ALL "
    ));
    // Charges alone name a card.
    push_tries(&mut sql, "payment_calls", guest, since);
    sql.push(" AND payment_calls.method IS NOT NULL) AS tries ORDER BY at DESC");
    sql.limit(limit.into());
    let latest: Vec<RefusalRow> = sql.into_query().load(conn)?;
    let ascending = latest.into_iter().rev();
    Ok(ascending.map(|row| timestamp::from_db(row.at)).collect())
}

/// Appends a query of the instants in a table that belongs to payments, for bookings of a guest.
fn push_tries(sql: &mut Statement, table: &str, guest: UserId, since: DateTime<Utc>) {
    let guest = sql.value(Value::Id(guest.into()));
    let since = sql.value(Value::Timestamp(timestamp::to_db(since)));
    sql.push(&format!(
        "SELECT {table}.at AS at FROM bookings \
         JOIN payments ON payments.property_id = bookings.property_id AND payments.booking_id = bookings.id \
         JOIN {table} ON {table}.property_id = payments.property_id AND {table}.payment_id = payments.id \
         WHERE bookings.guest_id = {guest} AND {table}.at >= {since}"
    ));
}

/// The bookings of a guest that were made since an instant, the latest first.
pub(crate) fn bookings_since(
    conn: &mut AnyConnection,
    guest: UserId,
    since: DateTime<Utc>,
) -> Result<Vec<Booking>, TxError> {
    let query = bookings::table
        .filter(bookings::guest_id.eq(UuidColumn::from(guest)))
        .filter(bookings::created_at.ge(timestamp::to_db(since)))
        .order(bookings::created_at.desc())
        .limit(MAX_RECENT);
    let rows: Vec<BookingRow> = query.select(BookingRow::as_select()).load(conn)?;
    convert_all(rows, BookingRow::into_booking)
}

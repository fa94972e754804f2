//! Lists of bookings.

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::dsl;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;
use sojourn_application::ports::{BookingFilter, BookingSort, Period, Side};
use sojourn_domain::booking::Booking;
use sojourn_domain::shared::{Page, PageRequest, Stay, UserId};

use super::row::BookingRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::{AnyConnection, MultiBackend};
use crate::engine::errors::TxError;
use crate::query::local_dates::zones_apart;
use crate::query::pagination::{
    convert_all, fetch_limit, format_date_position, format_position, into_page,
    parse_date_position, parse_position,
};
use crate::schema::marketplace::bookings;

type BookingQuery = dsl::IntoBoxed<
    'static,
    dsl::Select<bookings::table, dsl::AsSelect<BookingRow, MultiBackend>>,
    MultiBackend,
>;

/// A page of bookings, in one statement.
pub(crate) fn list_bookings(
    conn: &mut AnyConnection,
    filter: &BookingFilter,
    page: &PageRequest,
) -> Result<Page<Booking>, TxError> {
    let mut query: BookingQuery = bookings::table.select(BookingRow::as_select()).into_boxed();
    if let Some((user, side)) = filter.user {
        query = of_user(query, user, side);
    }
    if !filter.statuses.is_empty() {
        let words: Vec<_> = filter
            .statuses
            .iter()
            .map(|status| status.as_str())
            .collect();
        query = query.filter(bookings::status.eq_any(words));
    }
    if let Some(property) = filter.property_id {
        query = query.filter(bookings::property_id.eq(UuidColumn::from(property)));
    }
    if let Some(from) = filter.from {
        query = query
            .filter(bookings::check_out.gt(from))
            .filter(bookings::check_in.gt(earliest_check_in(from)));
    }
    if let Some(to) = filter.to {
        query = query.filter(bookings::check_in.lt(to));
    }
    if let Some((period, now)) = filter.period {
        query = in_period(query, period, now);
    }
    if let Some(code) = &filter.confirmation_code {
        let column = sql::<Text>(conn.dialect().confirmation_code());
        query = query.filter(column.eq(code.clone()));
    }
    let query = in_order(query, filter.sort, page).limit(fetch_limit(page));
    let rows: Vec<BookingRow> = query.load(conn)?;
    let position = |row: &BookingRow| match filter.sort {
        BookingSort::Newest => format_position(row.created_at, row.id),
        BookingSort::CheckIn | BookingSort::CheckInDescending => {
            format_date_position(row.check_in, row.id)
        }
    };
    into_page(rows, page, position, |rows| {
        convert_all(rows, BookingRow::into_booking)
    })
}

fn of_user(query: BookingQuery, user: UserId, side: Side) -> BookingQuery {
    let user = UuidColumn::from(user);
    match side {
        Side::Guest => query.filter(bookings::guest_id.eq(user)),
        Side::Host => query.filter(bookings::host_id.eq(user)),
        Side::Either => query.filter(bookings::guest_id.eq(user).or(bookings::host_id.eq(user))),
    }
}

/// A date before the check-in of every stay whose check-out is on a date or later, so that an index over check-in is
/// not read from its start.
fn earliest_check_in(check_out: NaiveDate) -> NaiveDate {
    let longest = Days::new(u64::from(Stay::LONGEST) + 1);
    check_out
        .checked_sub_days(longest)
        .unwrap_or(NaiveDate::MIN)
}

/// The stays that have ended before today, or the others. Today is that of the property: the date in UTC, the day
/// before or the day after.
fn in_period(query: BookingQuery, period: Period, now: DateTime<Utc>) -> BookingQuery {
    let today = now.date_naive();
    let yesterday = today.pred_opt().unwrap_or(today);
    let (behind, ahead) = (zones_apart(now, -1), zones_apart(now, 1));
    match period {
        Period::Upcoming => {
            let today_there = bookings::check_out
                .eq(today)
                .and(bookings::zone.ne_all(ahead));
            let today_behind = bookings::check_out
                .eq(yesterday)
                .and(bookings::zone.eq_any(behind));
            query
                .filter(bookings::check_in.gt(earliest_check_in(yesterday)))
                .filter(
                    bookings::check_out
                        .gt(today)
                        .or(today_there)
                        .or(today_behind),
                )
        }
        Period::Past => {
            let over_ahead = bookings::check_out
                .eq(today)
                .and(bookings::zone.eq_any(ahead));
            let over_there = bookings::check_out
                .eq(yesterday)
                .and(bookings::zone.ne_all(behind));
            query.filter(bookings::check_in.lt(today)).filter(
                bookings::check_out
                    .lt(yesterday)
                    .or(over_there)
                    .or(over_ahead),
            )
        }
    }
}

/// The order, after the position of the page.
fn in_order(query: BookingQuery, sort: BookingSort, page: &PageRequest) -> BookingQuery {
    let after = page.after.as_deref();
    match sort {
        BookingSort::Newest => {
            let query = match after.and_then(parse_position) {
                Some((at, id)) => {
                    let same = bookings::created_at.eq(at).and(bookings::id.lt(id));
                    query.filter(bookings::created_at.lt(at).or(same))
                }
                None => query,
            };
            query.order((bookings::created_at.desc(), bookings::id.desc()))
        }
        BookingSort::CheckIn => {
            let query = match after.and_then(parse_date_position) {
                Some((date, id)) => {
                    let same = bookings::check_in.eq(date).and(bookings::id.gt(id));
                    query
                        .filter(bookings::check_in.ge(date))
                        .filter(bookings::check_in.gt(date).or(same))
                }
                None => query,
            };
            query.order((bookings::check_in.asc(), bookings::id.asc()))
        }
        BookingSort::CheckInDescending => {
            let query = match after.and_then(parse_date_position) {
                Some((date, id)) => {
                    let same = bookings::check_in.eq(date).and(bookings::id.lt(id));
                    query
                        .filter(bookings::check_in.le(date))
                        .filter(bookings::check_in.lt(date).or(same))
                }
                None => query,
            };
            query.order((bookings::check_in.desc(), bookings::id.desc()))
        }
    }
}

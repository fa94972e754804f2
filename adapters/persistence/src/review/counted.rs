//! Reviews that count for the rating: of several stays of a guest at a property within some days, one.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use sojourn_domain::review::{Review, Subject};

use super::ratings::add_to_rating;
use super::row::ReviewRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::pagination::convert_all;
use crate::schema::marketplace::{bookings, reviews};

/// Adds a review that was just published to the rating, unless another one of the guest counts already. The property is
/// locked.
pub(super) fn count_published(
    conn: &mut AnyConnection,
    review: &Review,
    days: u32,
) -> Result<(), TxError> {
    if another_counts(conn, review, days)? {
        set_counted(conn, review, false)
    } else {
        add_to_rating(conn, review, 1)
    }
}

/// Lets other reviews of the guest count in the place of one that was removed, the earliest first.
pub(super) fn count_others(
    conn: &mut AnyConnection,
    removed: &Review,
    days: u32,
) -> Result<(), TxError> {
    if removed.subject != Subject::Property {
        return Ok(());
    }
    let others = reviews::table
        .filter(reviews::property_id.eq(UuidColumn::from(removed.property_id)))
        .filter(reviews::reviewer_id.eq(UuidColumn::from(removed.reviewer_id)))
        .filter(reviews::subject.eq(Subject::Property.as_str()))
        .filter(reviews::published_at.is_not_null())
        .filter(reviews::counted.eq(false))
        .order((reviews::published_at, reviews::id));
    let rows: Vec<ReviewRow> = others.select(ReviewRow::as_select()).load(conn)?;
    for review in convert_all(rows, ReviewRow::into_review)? {
        if !another_counts(conn, &review, days)? {
            set_counted(conn, &review, true)?;
            add_to_rating(conn, &review, 1)?;
        }
    }
    Ok(())
}

/// True if another review of the guest counts, of a stay that ended within so many days of this one.
fn another_counts(conn: &mut AnyConnection, review: &Review, days: u32) -> Result<bool, TxError> {
    let Some(booking) = review
        .booking_id
        .filter(|_| review.subject == Subject::Property)
    else {
        return Ok(false);
    };
    let property = UuidColumn::from(review.property_id);
    let left: Option<NaiveDate> = bookings::table
        .filter(bookings::property_id.eq(property))
        .filter(bookings::id.eq(UuidColumn::from(booking)))
        .select(bookings::check_out)
        .first(conn)
        .optional()?;
    let Some(left) = left else {
        return Ok(false);
    };
    let days = Days::new(days.into());
    let after = left.checked_sub_days(days).unwrap_or(left);
    let before = left.checked_add_days(days).unwrap_or(left);
    let near = bookings::table
        .filter(bookings::property_id.eq(property))
        .filter(bookings::guest_id.eq(UuidColumn::from(review.reviewer_id)))
        .filter(bookings::check_out.gt(after))
        .filter(bookings::check_out.lt(before))
        .select(bookings::id.nullable());
    let near: Vec<Option<UuidColumn>> = near.load(conn)?;
    let counted = reviews::table
        .filter(reviews::property_id.eq(property))
        .filter(reviews::reviewer_id.eq(UuidColumn::from(review.reviewer_id)))
        .filter(reviews::subject.eq(Subject::Property.as_str()))
        .filter(reviews::id.ne(UuidColumn::from(review.id)))
        .filter(reviews::published_at.is_not_null())
        .filter(reviews::counted.eq(true))
        .filter(reviews::booking_id.eq_any(near));
    let found: Option<i64> = counted.select(reviews::version).first(conn).optional()?;
    Ok(found.is_some())
}

fn set_counted(conn: &mut AnyConnection, review: &Review, counted: bool) -> Result<(), TxError> {
    let this = reviews::table
        .filter(reviews::property_id.eq(UuidColumn::from(review.property_id)))
        .filter(reviews::id.eq(UuidColumn::from(review.id)));
    diesel::update(this)
        .set(reviews::counted.eq(counted))
        .execute(conn)?;
    Ok(())
}

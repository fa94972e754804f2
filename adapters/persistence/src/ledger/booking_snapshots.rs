//! Bookings with their payment, journal and claims.

use std::collections::HashMap;

use diesel::prelude::*;
use sojourn_domain::ledger::{BookingSnapshot, JournalEntry};
use sojourn_domain::payment::Payment;
use sojourn_domain::property::NightClaim;
use sojourn_domain::shared::BookingId;

use crate::booking::row::BookingRow;
use crate::calendar::row::ClaimRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::journal::row::JournalRow;
use crate::payment::load::load_payments;
use crate::payment::row::PaymentRow;
use crate::schema::marketplace::{booked_nights, bookings, payments};
use crate::schema::money::journal;

/// The most bookings of a page: few enough for the values that a statement of SQLite takes.
const MAX_BOOKINGS: u32 = 1000;

/// A page of bookings by id, in at most seven statements.
pub(crate) fn load_snapshots(
    conn: &mut AnyConnection,
    after: Option<BookingId>,
    limit: u32,
) -> Result<Vec<BookingSnapshot>, TxError> {
    let mut query = bookings::table.select(BookingRow::as_select()).into_boxed();
    if let Some(id) = after {
        query = query.filter(bookings::id.gt(UuidColumn::from(id)));
    }
    let rows: Vec<BookingRow> = query
        .order(bookings::id)
        .limit(limit.clamp(1, MAX_BOOKINGS).into())
        .load(conn)?;
    let ids: Vec<UuidColumn> = rows.iter().map(|row| row.id).collect();
    let properties: Vec<UuidColumn> = rows.iter().map(|row| row.property_id).collect();
    let mut payments = load_payments_of(conn, &ids)?;
    let mut journal = load_journal_of(conn, &ids)?;
    let mut claims = load_claims_of(conn, &properties, &ids)?;
    let snapshots = rows.into_iter().map(|row| {
        let booking = row.into_booking()?;
        let id = booking.id;
        Ok(BookingSnapshot {
            booking,
            payment: payments.remove(&id),
            journal: journal.remove(&id).unwrap_or_default(),
            claims: claims.remove(&id).unwrap_or_default(),
        })
    });
    snapshots.collect()
}

fn load_payments_of(
    conn: &mut AnyConnection,
    ids: &[UuidColumn],
) -> Result<HashMap<BookingId, Payment>, TxError> {
    let query = payments::table.filter(payments::booking_id.eq_any(ids));
    let rows: Vec<PaymentRow> = query.select(PaymentRow::as_select()).load(conn)?;
    Ok(load_payments(conn, rows)?
        .into_iter()
        .map(|payment| (payment.booking_id, payment))
        .collect())
}

fn load_journal_of(
    conn: &mut AnyConnection,
    ids: &[UuidColumn],
) -> Result<HashMap<BookingId, Vec<JournalEntry>>, TxError> {
    let mut found: HashMap<BookingId, Vec<JournalEntry>> = HashMap::new();
    let query = journal::table.filter(journal::booking_id.eq_any(ids));
    let query = query.order((
        journal::booking_id,
        journal::at,
        journal::cause,
        journal::source,
    ));
    for row in query
        .select(JournalRow::as_select())
        .load::<JournalRow>(conn)?
    {
        found
            .entry(row.booking_id.into())
            .or_default()
            .push(row.into_entry()?);
    }
    Ok(found)
}

fn load_claims_of(
    conn: &mut AnyConnection,
    properties: &[UuidColumn],
    ids: &[UuidColumn],
) -> Result<HashMap<BookingId, Vec<NightClaim>>, TxError> {
    let mut found: HashMap<BookingId, Vec<NightClaim>> = HashMap::new();
    let query = booked_nights::table
        .filter(booked_nights::property_id.eq_any(properties))
        .filter(booked_nights::booking_id.eq_any(ids))
        .order((booked_nights::property_id, booked_nights::night));
    for row in query.select(ClaimRow::as_select()).load::<ClaimRow>(conn)? {
        let claim = row.into_claim()?;
        if let Some(id) = claim.booking_id {
            found.entry(id).or_default().push(claim);
        }
    }
    Ok(found)
}

//! Bookings with everything that is stored of them.

use std::collections::HashMap;

use diesel::prelude::*;
use sojourn_domain::ledger::{Dossier, JournalEntry};
use sojourn_domain::payment::Payment;
use sojourn_domain::property::NightClaim;
use sojourn_domain::shared::BookingId;

use crate::booking_row::BookingRow;
use crate::calendar::ClaimRow;
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::journal_row::JournalRow;
use crate::payment_row::{PaymentRow, complete};
use crate::schema::marketplace::{booked_nights, bookings, payments};
use crate::schema::money::journal;
use crate::uuid_column::UuidColumn;

/// The most bookings of a page: few enough for the values that SQLite takes.
const MOST: u32 = 1000;

/// A page of dossiers by booking id, in at most seven statements.
pub(super) fn load(
    conn: &mut AnyConnection,
    after: Option<BookingId>,
    limit: u32,
) -> Result<Vec<Dossier>, TxError> {
    let mut query = bookings::table.select(BookingRow::as_select()).into_boxed();
    if let Some(id) = after {
        query = query.filter(bookings::id.gt(UuidColumn::from(id)));
    }
    let rows: Vec<BookingRow> = query
        .order(bookings::id)
        .limit(limit.clamp(1, MOST).into())
        .load(conn)?;
    let ids: Vec<UuidColumn> = rows.iter().map(|row| row.id).collect();
    let properties: Vec<UuidColumn> = rows.iter().map(|row| row.property_id).collect();
    let mut payments = payments_of(conn, &ids)?;
    let mut journal = journal_of(conn, &ids)?;
    let mut claims = claims_of(conn, &properties, &ids)?;
    let dossiers = rows.into_iter().map(|row| {
        let booking = row.booking()?;
        let id = booking.id;
        let (journal, claims) = (journal.remove(&id), claims.remove(&id));
        Ok(Dossier {
            booking,
            payment: payments.remove(&id),
            journal: journal.unwrap_or_default(),
            claims: claims.unwrap_or_default(),
        })
    });
    dossiers.collect()
}

fn payments_of(
    conn: &mut AnyConnection,
    ids: &[UuidColumn],
) -> Result<HashMap<BookingId, Payment>, TxError> {
    let query = payments::table.filter(payments::booking_id.eq_any(ids));
    let rows: Vec<PaymentRow> = query.select(PaymentRow::as_select()).load(conn)?;
    Ok(complete(conn, rows)?
        .into_iter()
        .map(|payment| (payment.booking_id, payment))
        .collect())
}

fn journal_of(
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
            .push(row.entry()?);
    }
    Ok(found)
}

fn claims_of(
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
        let claim = row.claim()?;
        if let Some(id) = claim.booking_id {
            found.entry(id).or_default().push(claim);
        }
    }
    Ok(found)
}

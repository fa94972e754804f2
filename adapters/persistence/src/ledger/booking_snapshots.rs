//! Bookings with their payment, journal and claims.

use std::collections::HashMap;

use diesel::prelude::*;
use sojourn_application::ports::SnapshotPage;
use sojourn_domain::ledger::{BookingSnapshot, Finding, IntegrityCheck, JournalEntry};
use sojourn_domain::payment::Payment;
use sojourn_domain::property::NightClaim;
use sojourn_domain::shared::{BookingId, RepositoryError};

use crate::booking::row::BookingRow;
use crate::calendar::row::ClaimRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::journal::row::JournalRow;
use crate::payment::load::load_each_payment;
use crate::payment::row::PaymentRow;
use crate::schema::marketplace::{booked_nights, bookings, payments};
use crate::schema::money::journal;

/// The most bookings of a page: few enough for the values that a statement of SQLite takes.
const MAX_BOOKINGS: u32 = 1000;

/// Rows of bookings, of which one may be damaged.
type ByBooking<T> = HashMap<BookingId, Result<T, RepositoryError>>;

/// A page of bookings by id, in at most seven statements.
pub(crate) fn load_snapshots(
    conn: &mut AnyConnection,
    after: Option<BookingId>,
    limit: u32,
) -> Result<SnapshotPage, TxError> {
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
    let mut related = RelatedRows {
        payments: load_payments_of(conn, &ids)?,
        journal: load_journal_of(conn, &ids)?,
        claims: load_claims_of(conn, &properties, &ids)?,
    };
    let mut page = SnapshotPage {
        last: ids.last().map(|id| (*id).into()),
        ..SnapshotPage::default()
    };
    for row in rows {
        let (property_id, booking_id) = (row.property_id.into(), row.id.into());
        match related.snapshot(row) {
            Ok(snapshot) => page.snapshots.push(snapshot),
            Err(error) => page.damaged.push(Finding {
                property_id,
                booking_id: Some(booking_id),
                check: IntegrityCheck::Damaged,
                detail: error.to_string(),
            }),
        }
    }
    Ok(page)
}

/// Everything that belongs to the bookings of a page.
struct RelatedRows {
    payments: ByBooking<Payment>,
    journal: ByBooking<Vec<JournalEntry>>,
    claims: ByBooking<Vec<NightClaim>>,
}

impl RelatedRows {
    fn snapshot(&mut self, row: BookingRow) -> Result<BookingSnapshot, RepositoryError> {
        let booking = row.into_booking()?;
        let id = &booking.id;
        Ok(BookingSnapshot {
            payment: self.payments.remove(id).transpose()?,
            journal: self.journal.remove(id).transpose()?.unwrap_or_default(),
            claims: self.claims.remove(id).transpose()?.unwrap_or_default(),
            booking,
        })
    }
}

fn load_payments_of(
    conn: &mut AnyConnection,
    ids: &[UuidColumn],
) -> Result<ByBooking<Payment>, TxError> {
    let query = payments::table.filter(payments::booking_id.eq_any(ids));
    let rows: Vec<PaymentRow> = query.select(PaymentRow::as_select()).load(conn)?;
    Ok(load_each_payment(conn, rows)?.into_iter().collect())
}

fn load_journal_of(
    conn: &mut AnyConnection,
    ids: &[UuidColumn],
) -> Result<ByBooking<Vec<JournalEntry>>, TxError> {
    let mut found = ByBooking::new();
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
        append(&mut found, row.booking_id.into(), row.into_entry());
    }
    Ok(found)
}

fn load_claims_of(
    conn: &mut AnyConnection,
    properties: &[UuidColumn],
    ids: &[UuidColumn],
) -> Result<ByBooking<Vec<NightClaim>>, TxError> {
    let mut found = ByBooking::new();
    let query = booked_nights::table
        .filter(booked_nights::property_id.eq_any(properties))
        .filter(booked_nights::booking_id.eq_any(ids))
        .order((booked_nights::property_id, booked_nights::night));
    for row in query.select(ClaimRow::as_select()).load::<ClaimRow>(conn)? {
        if let Some(id) = row.booking_id {
            append(&mut found, id.into(), row.into_claim());
        }
    }
    Ok(found)
}

/// Adds a row to those of its booking; the first damaged one takes their place.
fn append<T>(found: &mut ByBooking<Vec<T>>, id: BookingId, row: Result<T, RepositoryError>) {
    let rows = found.entry(id).or_insert_with(|| Ok(Vec::new()));
    match (rows, row) {
        (Ok(rows), Ok(row)) => rows.push(row),
        (rows @ Ok(_), Err(error)) => *rows = Err(error),
        (Err(_), _) => {}
    }
}

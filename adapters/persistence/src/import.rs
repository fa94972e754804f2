//! Loads many things at once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use diesel::prelude::*;
use sojourn_application::ports::{ImportBatch, ImportCounts, Importer};
use sojourn_domain::review::{Review, Subject};
use sojourn_domain::shared::{PropertyId, StoreError};
use sojourn_domain::user::User;

use crate::booking_row::BookingRow;
use crate::calendar::{self, ClaimRow, RulesRow};
use crate::connection::AnyConnection;
use crate::database::Database;
use crate::dialect::each;
use crate::errors::TxError;
use crate::payment_row::PaymentRow;
use crate::property_row::{PropertyRow, SearchColumns, amenities};
use crate::review_row::ReviewRow;
use crate::schema::accounts::users;
use crate::schema::marketplace::{
    booked_nights, bookings, calendar_rules, payments, properties, property_amenities, reviews,
};
use crate::user::UserRow;
use crate::uuid_column::UuidColumn;
use crate::{journal, payment, review};

/// How many rows go in one statement: few enough for the values that SQLite takes.
const ROWS: usize = 500;

#[async_trait]
impl Importer for Database {
    async fn load(&self, batch: ImportBatch) -> Result<ImportCounts, StoreError> {
        let batch = Arc::new(batch);
        self.write(move |conn| load(conn, &batch)).await
    }
}

fn load(conn: &mut AnyConnection, batch: &ImportBatch) -> Result<ImportCounts, TxError> {
    Ok(ImportCounts {
        users: load_users(conn, &batch.users)?,
        properties: load_properties(conn, batch)?,
        rules: load_rules(conn, batch)?,
        bookings: load_bookings(conn, batch)?,
        claims: load_claims(conn, batch)?,
        payments: load_payments(conn, batch)?,
        journal: total(journal::insert_new(conn, &batch.journal)?),
        reviews: load_reviews(conn, &batch.reviews)?,
    })
}

fn total(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The ids of a table that are not there yet: `absent!(conn, table, ids)`.
macro_rules! absent {
    ($conn:expr, $table:ident, $ids:expr) => {{
        let ids: Vec<UuidColumn> = $ids;
        let mut missing: HashSet<UuidColumn> = ids.iter().copied().collect();
        for ids in ids.chunks(ROWS) {
            let query = $table::table
                .filter($table::id.eq_any(ids))
                .select($table::id);
            for there in query.load::<UuidColumn>($conn)? {
                missing.remove(&there);
            }
        }
        missing
    }};
}

fn load_users(conn: &mut AnyConnection, all: &[User]) -> Result<u64, TxError> {
    let mut missing = absent!(conn, users, all.iter().map(|user| user.id.into()).collect());
    let new = all.iter().filter(|user| missing.remove(&user.id.into()));
    let rows: Vec<UserRow> = new.map(UserRow::from).collect();
    for rows in rows.chunks(ROWS) {
        each!(conn, c => diesel::insert_into(users::table).values(rows).execute(c))?;
    }
    Ok(total(rows.len()))
}

fn load_properties(conn: &mut AnyConnection, batch: &ImportBatch) -> Result<u64, TxError> {
    let all = &batch.properties;
    let mut missing = absent!(
        conn,
        properties,
        all.iter().map(|property| property.id.into()).collect()
    );
    let new: Vec<_> = all
        .iter()
        .filter(|property| missing.remove(&property.id.into()))
        .collect();
    for chunk in new.chunks(ROWS) {
        let rows = chunk.iter().map(|property| {
            Ok((
                PropertyRow::of(property)?,
                SearchColumns::of(&property.details),
            ))
        });
        let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
        each!(conn, c => diesel::insert_into(properties::table).values(&rows).execute(c))?;
        let words: Vec<_> = chunk
            .iter()
            .flat_map(|property| amenities(property))
            .collect();
        for rows in words.chunks(10 * ROWS) {
            each!(conn, c => diesel::insert_into(property_amenities::table).values(rows).execute(c))?;
        }
    }
    Ok(total(new.len()))
}

fn load_rules(conn: &mut AnyConnection, batch: &ImportBatch) -> Result<u64, TxError> {
    let rules = batch.rules.iter().filter(|(_, _, rules)| !rules.is_empty());
    let rows: Vec<RulesRow> = rules
        .map(|(id, night, rules)| RulesRow::of(*id, *night, rules))
        .collect();
    let mut new = 0;
    for rows in rows.chunks(ROWS) {
        let statement = diesel::insert_into(calendar_rules::table)
            .values(rows)
            .on_conflict_do_nothing();
        new += each!(conn, c => statement.execute(c))?;
    }
    Ok(total(new))
}

fn load_claims(conn: &mut AnyConnection, batch: &ImportBatch) -> Result<u64, TxError> {
    let mut rows: Vec<ClaimRow> = batch
        .claims
        .iter()
        .map(|(id, claim)| ClaimRow::of(*id, claim))
        .collect();
    rows.sort_by_key(ClaimRow::key);
    let mut new = 0;
    for rows in rows.chunks(10 * ROWS) {
        let statement = diesel::insert_into(booked_nights::table)
            .values(rows)
            .on_conflict_do_nothing();
        new += each!(conn, c => statement.execute(c))?;
    }
    Ok(total(new))
}

fn load_bookings(conn: &mut AnyConnection, batch: &ImportBatch) -> Result<u64, TxError> {
    let all = &batch.bookings;
    let mut missing = absent!(
        conn,
        bookings,
        all.iter().map(|(booking, _)| booking.id.into()).collect()
    );
    let new: Vec<_> = all
        .iter()
        .filter(|(booking, _)| missing.remove(&booking.id.into()))
        .collect();
    for chunk in new.chunks(ROWS) {
        let rows = chunk.iter().map(|(booking, _)| BookingRow::of(booking));
        let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
        each!(conn, c => diesel::insert_into(bookings::table).values(&rows).execute(c))?;
        let claims = chunk.iter().flat_map(|(booking, claims)| {
            claims
                .iter()
                .map(|claim| ClaimRow::of(booking.property_id, claim))
        });
        calendar::insert(conn, claims.collect())?;
    }
    Ok(total(new.len()))
}

fn load_payments(conn: &mut AnyConnection, batch: &ImportBatch) -> Result<u64, TxError> {
    let all = &batch.payments;
    let mut missing = absent!(
        conn,
        payments,
        all.iter().map(|payment| payment.id.into()).collect()
    );
    let new: Vec<_> = all
        .iter()
        .filter(|payment| missing.remove(&payment.id.into()))
        .collect();
    for chunk in new.chunks(ROWS) {
        let rows: Vec<PaymentRow> = chunk
            .iter()
            .map(|payment| PaymentRow::of(payment))
            .collect();
        each!(conn, c => diesel::insert_into(payments::table).values(&rows).execute(c))?;
        payment::insert_parts(conn, chunk)?;
    }
    Ok(total(new.len()))
}

fn load_reviews(conn: &mut AnyConnection, all: &[Review]) -> Result<u64, TxError> {
    let mut missing = absent!(
        conn,
        reviews,
        all.iter().map(|review| review.id.into()).collect()
    );
    let new: Vec<_> = all
        .iter()
        .filter(|review| missing.remove(&review.id.into()))
        .collect();
    let mut of_properties: HashMap<PropertyId, (i64, i64)> = HashMap::new();
    for chunk in new.chunks(ROWS) {
        let rows = chunk
            .iter()
            .map(|review| ReviewRow::of(review))
            .collect::<Result<Vec<_>, StoreError>>()?;
        each!(conn, c => diesel::insert_into(reviews::table).values(&rows).execute(c))?;
        for review in chunk.iter().filter(|review| review.published_at.is_some()) {
            match review.subject {
                Subject::Property => {
                    let rating = of_properties.entry(review.property_id).or_default();
                    rating.0 += i64::from(review.text.scores.overall);
                    rating.1 += 1;
                }
                Subject::Guest => review::rate(conn, review, 1)?,
            }
        }
    }
    for (id, (sum, count)) in of_properties {
        review::rate_property(conn, id, sum, count)?;
    }
    Ok(total(new.len()))
}

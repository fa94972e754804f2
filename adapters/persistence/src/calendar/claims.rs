//! Claims on nights: at most one claim on each, whatever races for it.

use chrono::NaiveDate;
use diesel::prelude::*;
use sojourn_application::ports::Outcome;
use sojourn_domain::property::{ClaimKind, NightClaim};
use sojourn_domain::shared::{BookingId, PropertyId};

use super::row::ClaimRow;
use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::{Refusal, TxError};
use crate::engine::retries::write_tx;
use crate::idempotency::outcome::outcome_of_current;
use crate::schema::marketplace::booked_nights;

/// The most times that a change is tried whose nights were taken by claims that were gone when they were looked up.
const MAX_ATTEMPTS: u32 = 4;

/// The most rows of a statement.
const MAX_ROWS: usize = 5000;

/// Claims that do not conflict with a change.
#[derive(Debug, Clone, Copy)]
pub(crate) enum IgnoredClaims {
    /// Blocks, when a host blocks.
    Blocks,
    /// The claims of the booking itself.
    OfBooking(BookingId),
}

impl IgnoredClaims {
    fn includes(self, row: &ClaimRow) -> bool {
        match self {
            Self::Blocks => row.kind == ClaimKind::Blocked.as_str(),
            Self::OfBooking(id) => row.booking_id == Some(id.into()),
        }
    }
}

/// Commits a change that claims nights. When some are taken, a statement after the rollback finds out which; a claim
/// that is gone by then is no reason to refuse, so the change is tried again.
pub(crate) async fn commit_with_claims<E>(
    database: &Database,
    property_id: PropertyId,
    nights: Vec<NaiveDate>,
    ignored: IgnoredClaims,
    outcome: Outcome,
    mut work: impl FnMut(&mut AnyConnection) -> Result<(), TxError> + Send + 'static,
) -> Result<(), E>
where
    E: From<TxError>,
{
    let record = outcome_of_current(outcome);
    let mut commit = move |conn: &mut AnyConnection| {
        work(conn)?;
        record(conn)
    };
    let done = database.run(move |conn| {
        for _ in 0..MAX_ATTEMPTS {
            match write_tx(conn, &mut commit).map_err(|error: TxError| Refusal::from(error)) {
                Err(Refusal::NightsTaken(found)) if found.is_empty() => {}
                done => return Ok(done?),
            }
            let found = find_taken(conn, property_id, &nights, ignored)?;
            if !found.is_empty() {
                return Err(Refusal::NightsTaken(found).into());
            }
        }
        Err(TxError::from(Refusal::NightsTaken(nights.clone())))
    });
    done.await.map_err(E::from)
}

/// Claims nights of a property.
pub(crate) fn insert_claims(
    conn: &mut AnyConnection,
    property_id: PropertyId,
    claims: &[NightClaim],
) -> Result<(), TxError> {
    let rows = claims
        .iter()
        .map(|claim| ClaimRow::from_claim(property_id, claim))
        .collect();
    insert_claim_rows(conn, rows)
}

/// Claims nights of one property or several, in ascending order, so that two racing transactions never wait for each
/// other in a circle.
pub(crate) fn insert_claim_rows(
    conn: &mut AnyConnection,
    mut rows: Vec<ClaimRow>,
) -> Result<(), TxError> {
    rows.sort_by_key(ClaimRow::key);
    for rows in rows.chunks(MAX_ROWS) {
        insert_rows!(conn, booked_nights::table, rows)?;
    }
    Ok(())
}

/// The nights that other claims hold, in ascending order.
pub(crate) fn find_taken(
    conn: &mut AnyConnection,
    property_id: PropertyId,
    nights: &[NaiveDate],
    ignored: IgnoredClaims,
) -> Result<Vec<NaiveDate>, TxError> {
    let (Some(first), Some(last)) = (nights.iter().min(), nights.iter().max()) else {
        return Ok(Vec::new());
    };
    let held: Vec<ClaimRow> = booked_nights::table
        .filter(booked_nights::property_id.eq(UuidColumn::from(property_id)))
        .filter(booked_nights::night.between(first, last))
        .order(booked_nights::night)
        .select(ClaimRow::as_select())
        .load(conn)?;
    let others = held
        .into_iter()
        .filter(|row| nights.contains(&row.night) && !ignored.includes(row));
    Ok(others.map(|row| row.night).collect())
}

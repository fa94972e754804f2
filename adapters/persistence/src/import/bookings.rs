//! The import of bookings with their claims.

use diesel::prelude::*;
use sojourn_domain::booking::Booking;
use sojourn_domain::property::NightClaim;
use sojourn_domain::shared::RepositoryError;

use super::existing::{MAX_ROWS, missing_ids, total};
use crate::booking::row::BookingRow;
use crate::calendar::claims::insert_claim_rows;
use crate::calendar::row::ClaimRow;
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::marketplace::bookings;

/// Stores the new bookings and returns their number.
pub(super) fn load_bookings(
    conn: &mut AnyConnection,
    all: &[(Booking, Vec<NightClaim>)],
) -> Result<u64, TxError> {
    let mut missing = missing_ids!(
        conn,
        bookings,
        all.iter().map(|(booking, _)| booking.id.into()).collect()
    );
    let new: Vec<_> = all
        .iter()
        .filter(|(booking, _)| missing.remove(&booking.id.into()))
        .collect();
    for chunk in new.chunks(MAX_ROWS) {
        let rows = chunk
            .iter()
            .map(|(booking, _)| BookingRow::try_from_booking(booking));
        let rows = rows.collect::<Result<Vec<_>, RepositoryError>>()?;
        insert_rows!(conn, bookings::table, &rows)?;
        let claims = chunk.iter().flat_map(|(booking, claims)| {
            claims
                .iter()
                .map(|claim| ClaimRow::from_claim(booking.property_id, claim))
        });
        insert_claim_rows(conn, claims.collect())?;
    }
    Ok(total(new.len()))
}

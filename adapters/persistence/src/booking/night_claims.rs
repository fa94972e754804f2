//! The claims of one booking on nights.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use sojourn_domain::booking::Booking;
use sojourn_domain::property::{ClaimKind, NightClaim};

use crate::calendar::claims::insert_claims;
use crate::calendar::row::ClaimRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::marketplace::booked_nights;

/// The most nights of a statement.
const MAX_NIGHTS: usize = 500;

/// The difference between the claims of a booking before and after a change.
#[derive(Debug, Default, PartialEq, Eq)]
struct ClaimDiff {
    released: Vec<NaiveDate>,
    added: Vec<NightClaim>,
    changed: BTreeMap<&'static str, Vec<NaiveDate>>,
}

impl ClaimDiff {
    fn between(before: &BTreeMap<NaiveDate, ClaimKind>, claims: &[NightClaim]) -> Self {
        let mut diff = Self::default();
        let mut left = before.clone();
        for claim in claims {
            match left.remove(&claim.night) {
                None => diff.added.push(*claim),
                Some(kind) if kind == claim.kind => {}
                Some(_) => diff
                    .changed
                    .entry(claim.kind.as_str())
                    .or_default()
                    .push(claim.night),
            }
        }
        diff.released = left.into_keys().collect();
        diff
    }
}

/// Makes the claims of a booking exactly these, in at most one statement for each kind of change and 500 nights. Its
/// row was written before in the same transaction, so no other change of the same booking runs concurrently.
pub(crate) fn set_claims(
    conn: &mut AnyConnection,
    booking: &Booking,
    claims: &[NightClaim],
) -> Result<(), TxError> {
    if booking.version == 1 {
        return insert_claims(conn, booking.property_id, claims);
    }
    let own = booked_nights::table
        .filter(booked_nights::property_id.eq(UuidColumn::from(booking.property_id)))
        .filter(booked_nights::booking_id.eq(UuidColumn::from(booking.id)));
    if claims.is_empty() {
        diesel::delete(own).execute(conn)?;
        return Ok(());
    }
    let rows: Vec<ClaimRow> = own.select(ClaimRow::as_select()).load(conn)?;
    let before = rows
        .into_iter()
        .map(ClaimRow::into_claim)
        .map(|row| row.map(|claim| (claim.night, claim.kind)));
    let diff = ClaimDiff::between(&before.collect::<Result<_, _>>()?, claims);
    for nights in diff.released.chunks(MAX_NIGHTS) {
        diesel::delete(own.filter(booked_nights::night.eq_any(nights))).execute(conn)?;
    }
    insert_claims(conn, booking.property_id, &diff.added)?;
    for (kind, nights) in &diff.changed {
        for nights in nights.chunks(MAX_NIGHTS) {
            let these = own.filter(booked_nights::night.eq_any(nights));
            diesel::update(these)
                .set(booked_nights::kind.eq(kind))
                .execute(conn)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn night(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).unwrap()
    }

    fn claim(day: u32, kind: ClaimKind) -> NightClaim {
        NightClaim {
            night: night(day),
            kind,
            booking_id: None,
        }
    }

    #[test]
    fn claims_are_released_added_or_changed() {
        let before = BTreeMap::from([
            (night(1), ClaimKind::Booked),
            (night(2), ClaimKind::Booked),
            (night(3), ClaimKind::Preparation),
        ]);
        let claims = [
            claim(2, ClaimKind::Booked),
            claim(3, ClaimKind::Booked),
            claim(4, ClaimKind::Booked),
            claim(5, ClaimKind::Preparation),
        ];
        let diff = ClaimDiff::between(&before, &claims);
        assert_eq!(diff.released, [night(1)]);
        assert_eq!(diff.added, claims[2..]);
        assert_eq!(diff.changed, BTreeMap::from([("booked", vec![night(3)])]));
        let nothing = ClaimDiff::between(
            &BTreeMap::from([(night(2), ClaimKind::Booked)]),
            &claims[..1],
        );
        assert_eq!(nothing, ClaimDiff::default());
    }
}

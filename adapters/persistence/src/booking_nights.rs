//! The nights that one booking claims.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use sojourn_domain::booking::Booking;
use sojourn_domain::property::{ClaimKind, NightClaim};

use crate::calendar::{self, ClaimRow};
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::schema::marketplace::booked_nights;
use crate::uuid_column::UuidColumn;

/// How many nights a statement names.
const NIGHTS: usize = 500;

/// The difference between what a booking claims and what it is to claim.
#[derive(Debug, Default, PartialEq, Eq)]
struct Difference {
    given_up: Vec<NaiveDate>,
    taken: Vec<NightClaim>,
    turned: BTreeMap<&'static str, Vec<NaiveDate>>,
}

impl Difference {
    fn between(before: &BTreeMap<NaiveDate, ClaimKind>, claims: &[NightClaim]) -> Self {
        let mut difference = Self::default();
        let mut left = before.clone();
        for claim in claims {
            match left.remove(&claim.night) {
                None => difference.taken.push(*claim),
                Some(kind) if kind == claim.kind => {}
                Some(_) => difference
                    .turned
                    .entry(claim.kind.as_str())
                    .or_default()
                    .push(claim.night),
            }
        }
        difference.given_up = left.into_keys().collect();
        difference
    }
}

/// Makes the claims of a booking exactly these, in at most one statement a kind of change and 500 nights. Its row
/// was written before in the same transaction, so no other change of the same booking runs meanwhile.
pub(crate) fn set(
    conn: &mut AnyConnection,
    booking: &Booking,
    claims: &[NightClaim],
) -> Result<(), TxError> {
    if booking.version == 1 {
        return calendar::claim(conn, booking.property_id, claims);
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
        .map(ClaimRow::claim)
        .map(|row| row.map(|claim| (claim.night, claim.kind)));
    let difference = Difference::between(&before.collect::<Result<_, _>>()?, claims);
    for nights in difference.given_up.chunks(NIGHTS) {
        diesel::delete(own.filter(booked_nights::night.eq_any(nights))).execute(conn)?;
    }
    calendar::claim(conn, booking.property_id, &difference.taken)?;
    for (kind, nights) in &difference.turned {
        for nights in nights.chunks(NIGHTS) {
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
    fn tells_what_is_given_up_taken_and_turned() {
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
        let difference = Difference::between(&before, &claims);
        assert_eq!(difference.given_up, [night(1)]);
        assert_eq!(difference.taken, claims[2..]);
        assert_eq!(
            difference.turned,
            BTreeMap::from([("booked", vec![night(3)])])
        );
        let nothing = Difference::between(
            &BTreeMap::from([(night(2), ClaimKind::Booked)]),
            &claims[..1],
        );
        assert_eq!(nothing, Difference::default());
    }
}

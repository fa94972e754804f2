//! Nights that a booking claims, derived from the booking alone.

use chrono::NaiveDate;

use crate::booking::booking::Booking;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::property::calendar::{ClaimKind, NightClaim};
use crate::shared::booking_role::BookingRole;
use crate::shared::local_time::local_date;
use crate::shared::stay::Stay;

impl Booking {
    /// The nights that the booking claims in its present state, in ascending order.
    ///
    /// - Before confirmation its nights are held and its preparation nights reserved; from
    ///   confirmation on its nights are booked.
    /// - While an alteration is being charged, the nights of both the old and the new stay are
    ///   claimed.
    /// - After its end, the nights that were stayed remain claimed and, after a stay that took
    ///   place, the preparation nights after the last of them. All others are released, except that
    ///   the rest of a stay cancelled by its host is blocked (until an admin lifts the blocks).
    #[must_use]
    pub fn claims(&self) -> Vec<NightClaim> {
        match self.status {
            BookingStatus::PendingPayment | BookingStatus::AwaitingHost => {
                self.claims_of(self.stay, ClaimKind::Held)
            }
            BookingStatus::Confirmed | BookingStatus::CheckedIn => {
                let own = self.claims_of(self.stay, ClaimKind::Booked);
                match self.alteration.as_ref().filter(|it| it.charge.is_some()) {
                    Some(alteration) => {
                        union(own, self.claims_of(alteration.stay, ClaimKind::Booked))
                    }
                    None => own,
                }
            }
            BookingStatus::Completed
            | BookingStatus::Cancelled
            | BookingStatus::Declined
            | BookingStatus::Expired
            | BookingStatus::NoShow => self.retained_claims(),
        }
    }

    /// Claims for the nights of a stay and its preparation nights.
    fn claims_of(&self, stay: Stay, kind: ClaimKind) -> Vec<NightClaim> {
        let claim = |kind| {
            move |night| NightClaim {
                night,
                kind,
                booking_id: Some(self.id),
            }
        };
        let preparation = stay
            .nights_after(self.preparation_nights)
            .map(claim(ClaimKind::Preparation));
        stay.dates().map(claim(kind)).chain(preparation).collect()
    }

    /// Claims that remain after the booking has ended.
    fn retained_claims(&self) -> Vec<NightClaim> {
        let end = self.first_released_night();
        let (stayed, rest): (Vec<_>, Vec<_>) = self
            .claims_of(self.stay, ClaimKind::Booked)
            .into_iter()
            .partition(|claim| claim.night < end);
        let by_host = self
            .cancellation
            .as_ref()
            .is_some_and(|it| it.by == BookingRole::Host);
        let kept = match self.status {
            BookingStatus::Cancelled if by_host && self.confirmation.is_some() => {
                (rest.len(), ClaimKind::Blocked)
            }
            BookingStatus::Completed | BookingStatus::Cancelled if !stayed.is_empty() => {
                (self.preparation_nights as usize, ClaimKind::Preparation)
            }
            _ => (0, ClaimKind::Preparation),
        };
        let after = rest.into_iter().take(kept.0).map(|claim| NightClaim {
            kind: kept.1,
            ..claim
        });
        stayed.into_iter().chain(after).collect()
    }

    /// First night that an ended booking releases: after a cancellation, the first whose check-in
    /// time had not passed; otherwise the night of the day on which it ended.
    fn first_released_night(&self) -> NaiveDate {
        let (first, last) = (self.stay.check_in(), self.stay.check_out());
        if self.confirmation.is_none() {
            return first;
        }
        if let Some(cancellation) = &self.cancellation {
            let stayed = self.deadlines().nights_stayed(cancellation.at);
            return self.stay.day(stayed).unwrap_or(last);
        }
        self.history
            .last()
            .map_or(last, |end| local_date(self.zone, end.at).clamp(first, last))
    }
}

/// Union of both lists without duplicates; booked takes precedence over preparation.
fn union(own: Vec<NightClaim>, other: Vec<NightClaim>) -> Vec<NightClaim> {
    let mut all: Vec<NightClaim> = own.into_iter().chain(other).collect();
    all.sort_by_key(|claim| (claim.night, claim.kind == ClaimKind::Preparation));
    all.dedup_by_key(|claim| claim.night);
    all
}

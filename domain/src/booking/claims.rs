//! Which nights a booking holds, told from the booking alone.

use chrono::NaiveDate;

use super::{Booking, Status};
use crate::property::{ClaimKind, NightClaim};
use crate::shared::{Party, Stay, local_date};

impl Booking {
    /// The nights that the booking holds in its present state, in ascending order.
    ///
    /// - While it is not certain, its nights are held and the preparation's kept free; once it is, they are booked.
    /// - While an alteration is being charged, those of the old and of the new stay.
    /// - Once it has ended, the nights that were stayed, and, after a stay that took place, the preparation that
    ///   follows the last of them. All others are free, but the rest of a stay that its host cancelled is blocked
    ///   (until an operator lifts the blocks).
    #[must_use]
    pub fn claims(&self) -> Vec<NightClaim> {
        match self.status {
            Status::PendingPayment | Status::AwaitingHost => {
                self.claims_of(self.stay, ClaimKind::Held)
            }
            Status::Confirmed | Status::CheckedIn => {
                let own = self.claims_of(self.stay, ClaimKind::Booked);
                match self.alteration.as_ref().filter(|it| it.charge.is_some()) {
                    Some(alteration) => {
                        joined(own, self.claims_of(alteration.stay, ClaimKind::Booked))
                    }
                    None => own,
                }
            }
            Status::Completed
            | Status::Cancelled
            | Status::Declined
            | Status::Expired
            | Status::NoShow => self.claims_left(),
        }
    }

    /// A stay's nights and the preparation after it.
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

    /// What an ended booking keeps.
    fn claims_left(&self) -> Vec<NightClaim> {
        let end = self.first_night_left();
        let (stayed, rest): (Vec<_>, Vec<_>) = self
            .claims_of(self.stay, ClaimKind::Booked)
            .into_iter()
            .partition(|claim| claim.night < end);
        let by_host = self
            .cancellation
            .as_ref()
            .is_some_and(|it| it.by == Party::Host);
        let kept = match self.status {
            Status::Cancelled if by_host && self.confirmation.is_some() => {
                (rest.len(), ClaimKind::Blocked)
            }
            Status::Completed | Status::Cancelled if !stayed.is_empty() => {
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

    /// The first night that an ended booking does not keep as stayed: with a cancellation, the first whose
    /// check-in time had not passed; otherwise that of the day on which it ended.
    fn first_night_left(&self) -> NaiveDate {
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

/// The nights of both, each once; one that is booked in either is booked.
fn joined(own: Vec<NightClaim>, other: Vec<NightClaim>) -> Vec<NightClaim> {
    let mut all: Vec<NightClaim> = own.into_iter().chain(other).collect();
    all.sort_by_key(|claim| (claim.night, claim.kind == ClaimKind::Preparation));
    all.dedup_by_key(|claim| claim.night);
    all
}

//! Nights that a booking claims, derived from the booking alone.

use crate::booking::booking::{Booking, Cancellation};
use crate::booking::cancellation::refund::Refund;
use crate::booking::cancellation::refund_rule::RefundRule;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::property::calendar::{ClaimKind, NightClaim};
use crate::shared::booking_role::BookingRole;
use crate::shared::stay::Stay;

impl Booking {
    /// The nights that the booking claims in its present state, in ascending order.
    ///
    /// - Before confirmation its nights are held and its preparation nights reserved; from
    ///   confirmation on its nights are booked.
    /// - While an alteration is being charged, the nights of both the old and the new stay are
    ///   claimed.
    /// - After its end, the nights that were paid and not refunded remain claimed and, after a stay
    ///   that took place, the preparation nights after the last of them. All others are released,
    ///   except that the rest of a stay cancelled by its host is blocked (until an admin lifts the
    ///   blocks).
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
        let kept = self.nights_kept();
        let (first, last) = (self.stay.check_in(), self.stay.check_out());
        let end = self
            .stay
            .day(kept)
            .map_or(last, |end| end.clamp(first, last));
        let (stayed, rest): (Vec<_>, Vec<_>) = self
            .claims_of(self.stay, ClaimKind::Booked)
            .into_iter()
            .partition(|claim| claim.night < end);
        let (count, kind) = match self.status {
            BookingStatus::Cancelled if self.is_cancelled_by_host() => {
                ((self.stay.nights() - kept) as usize, ClaimKind::Blocked)
            }
            BookingStatus::Completed | BookingStatus::Cancelled if kept > 0 => {
                (self.preparation_nights as usize, ClaimKind::Preparation)
            }
            _ => (0, ClaimKind::Preparation),
        };
        let after = rest
            .into_iter()
            .take(count)
            .map(|claim| NightClaim { kind, ..claim });
        stayed.into_iter().chain(after).collect()
    }

    /// Number of nights, from the first, that remain booked after the end: all that were paid and
    /// not refunded. Where a share of the nights is refunded, as many remain as were not, rounded
    /// up. A cancellation by the guest before check-in releases all, whatever is refunded; after one
    /// by the host those that were stayed remain.
    fn nights_kept(&self) -> u32 {
        let nights = self.stay.nights();
        if self.confirmation.is_none() {
            return 0;
        }
        let Some(cancellation) = &self.cancellation else {
            return nights;
        };
        let stayed = self.nights_stayed_at_end();
        let unrefunded = match cancellation.by {
            BookingRole::Host => 0,
            BookingRole::Guest if self.status == BookingStatus::Cancelled && stayed == 0 => 0,
            BookingRole::Guest => {
                RefundRule::of(self.policy, &self.deadlines(), &self.terms, cancellation.at)
                    .nights_kept(nights)
            }
            BookingRole::Admin | BookingRole::System => {
                nights_unrefunded(nights, &cancellation.refund)
            }
        };
        unrefunded.max(stayed).min(nights)
    }

    /// Number of nights that were stayed when the booking ended: those whose check-in time had
    /// passed at its cancellation, otherwise all.
    pub(crate) fn nights_stayed_at_end(&self) -> u32 {
        match (&self.confirmation, &self.cancellation) {
            (None, _) => 0,
            (Some(_), None) => self.stay.nights(),
            (Some(_), Some(cancellation)) => self.deadlines().nights_stayed(cancellation.at),
        }
    }

    pub(crate) fn is_cancelled_by_host(&self) -> bool {
        let by_host = |it: &Cancellation| it.by == BookingRole::Host;
        self.confirmation.is_some() && self.cancellation.as_ref().is_some_and(by_host)
    }
}

/// Number of nights that correspond to the share of the price that was not refunded, rounded up.
fn nights_unrefunded(nights: u32, refund: &Refund) -> u32 {
    let kept = i128::from(refund.kept.amount().max(0));
    let paid = kept + i128::from(refund.refund.amount().max(0));
    if paid == 0 {
        return 0;
    }
    let unrefunded = (i128::from(nights) * kept + paid - 1) / paid;
    u32::try_from(unrefunded).unwrap_or(nights)
}

/// Union of both lists without duplicates; booked takes precedence over preparation.
fn union(own: Vec<NightClaim>, other: Vec<NightClaim>) -> Vec<NightClaim> {
    let mut all: Vec<NightClaim> = own.into_iter().chain(other).collect();
    all.sort_by_key(|claim| (claim.night, claim.kind == ClaimKind::Preparation));
    all.dedup_by_key(|claim| claim.night);
    all
}

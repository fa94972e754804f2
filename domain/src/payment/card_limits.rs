//! Limits on refused cards, against the testing of stolen ones.

use chrono::{DateTime, TimeDelta, Utc};

use crate::payment::entry::{EntryKind, PaymentEntry};
use crate::payment::payment::Payment;
use crate::shared::local_time::saturating_add;
use crate::shared::marketplace_terms::MarketplaceTerms;

/// As many cards were refused as the terms allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many cards were refused; no other is tried before {until}")]
pub struct TooManyRefusedCards {
    /// First instant (UTC) at which another card can be tried.
    pub until: DateTime<Utc>,
}

impl PaymentEntry {
    /// Returns `true` if a card was refused: a refused refund names the capture that it is taken
    /// from.
    #[must_use]
    pub fn is_refused_card(&self) -> bool {
        self.kind == EntryKind::Failure && self.against.is_none()
    }
}

/// Checks whether another card may be tried for a booking, given the instants (UTC, ascending) of the last hour at
/// which a card of its guest was refused, or a charge without an outcome was begun, for whatever booking. For a
/// booking, the cards that were refused within a day count.
///
/// # Errors
/// [`TooManyRefusedCards`].
pub fn check_refused_cards(
    payment: Option<&Payment>,
    hourly: &[DateTime<Utc>],
    terms: &MarketplaceTerms,
    now: DateTime<Utc>,
) -> Result<(), TooManyRefusedCards> {
    let entries = payment.map_or(&[][..], |payment| payment.entries.as_slice());
    let day = TimeDelta::days(1);
    let of_booking: Vec<DateTime<Utc>> = entries
        .iter()
        .filter(|entry| entry.is_refused_card() && saturating_add(entry.at, day) > now)
        .map(|entry| entry.at)
        .collect();
    let limits = [
        (of_booking.as_slice(), terms.max_refused_cards, day),
        (hourly, terms.max_refused_cards_hourly, TimeDelta::hours(1)),
    ];
    let exceeded = limits.into_iter().filter_map(|(refused, max, period)| {
        let max = usize::try_from(max).unwrap_or(usize::MAX).max(1);
        let oldest = refused.len().checked_sub(max)?;
        Some(saturating_add(refused[oldest], period))
    });
    match exceeded.max() {
        Some(until) => Err(TooManyRefusedCards { until }),
        None => Ok(()),
    }
}

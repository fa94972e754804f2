//! Limits on proposed alterations: their number within a day, and the notices that they cause.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::booking::{Booking, HistoryEntry};
use crate::booking::change::BookingChange;
use crate::booking::lifecycle::transitions::{BookingCommand, BookingStatus};
use crate::shared::local_time::saturating_add;

/// Least time between two notices of proposals of a booking.
const NOTICE_INTERVAL: TimeDelta = TimeDelta::hours(1);

/// As many alterations were proposed as the terms allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many alterations were proposed; no other can be proposed before {until}")]
pub struct TooManyProposals {
    /// First instant (UTC) at which another can be proposed.
    pub until: DateTime<Utc>,
}

impl Booking {
    /// Checks whether another alteration may be proposed, by either side.
    ///
    /// # Errors
    /// [`TooManyProposals`] after `max` proposals within a day.
    pub fn check_daily_proposals(
        &self,
        max: u32,
        now: DateTime<Utc>,
    ) -> Result<(), TooManyProposals> {
        let ends = |entry: &HistoryEntry| saturating_add(entry.at, TimeDelta::days(1));
        let counted: Vec<DateTime<Utc>> = self
            .history
            .iter()
            .filter(|entry| is_proposal(entry))
            .map(ends)
            .filter(|&end| end > now)
            .collect();
        let max = usize::try_from(max).unwrap_or(usize::MAX).max(1);
        match counted.len().checked_sub(max) {
            Some(oldest) => Err(TooManyProposals {
                until: counted[oldest],
            }),
            None => Ok(()),
        }
    }

    /// Returns `true` if a notice of a proposal is put off beyond this instant.
    #[must_use]
    pub fn has_deferred_notice(&self, now: DateTime<Utc>) -> bool {
        notices(&self.history).last().is_some_and(|&at| at > now)
    }
}

impl BookingChange {
    /// Merges the notice of a proposal or of its withdrawal with those of the last hour.
    pub(super) fn merging_notices(self) -> Self {
        let history = &self.booking().history;
        let all = notices(history);
        let before = notices(&history[..history.len().saturating_sub(1)]);
        if all.len() == before.len() {
            self.without_notifications()
        } else {
            self.notifying_at(all.last().copied())
        }
    }
}

/// An alteration that awaits the other side. Before payment it applies at once.
fn is_proposal(entry: &HistoryEntry) -> bool {
    entry.command == Some(BookingCommand::Alter)
        && entry.from != Some(BookingStatus::PendingPayment)
}

/// Instants at which the notices of all proposals and withdrawals are sent. That of a proposal is put
/// off until an hour after the one before; that of a withdrawal is sent at once. While a notice is put
/// off, there is no other, as it will tell the present state.
fn notices(history: &[HistoryEntry]) -> Vec<DateTime<Utc>> {
    let mut notices: Vec<DateTime<Utc>> = Vec::new();
    for entry in history {
        let withdrawn = entry.command == Some(BookingCommand::WithdrawAlteration);
        if !withdrawn && !is_proposal(entry) {
            continue;
        }
        match notices.last() {
            Some(&last) if entry.at < last => {}
            Some(&last) if !withdrawn => {
                notices.push(entry.at.max(saturating_add(last, NOTICE_INTERVAL)));
            }
            _ => notices.push(entry.at),
        }
    }
    notices
}

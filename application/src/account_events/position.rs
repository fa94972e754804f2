//! Positions in the events of an account, as clients keep them.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::UserId;

use crate::failure::{Failure, FailureKind, UseCaseError};
use crate::ports::{AccountEvent, EVENT_RETENTION, Signer};

const PURPOSE: &str = "account event";

/// Position after an event. Its text is encrypted, as the number would tell how much happens in the marketplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPosition {
    /// Position of the event.
    pub sequence: u64,
    /// Timestamp of the event (UTC).
    pub at: DateTime<Utc>,
}

/// Errors of a position that a client sends.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PositionError {
    /// It is none of this account.
    #[error("the event id is not one of this account")]
    Invalid,
    /// Events after it are no longer stored.
    #[error("events after this id are no longer stored")]
    Expired,
}

impl UseCaseError for PositionError {
    fn failure(&self) -> Failure {
        match self {
            Self::Invalid => Failure::new(
                FailureKind::Invalid,
                "event_id_invalid",
                "The event id was not sent by this server to this account.",
            ),
            Self::Expired => Failure::new(
                FailureKind::Conflict,
                "event_id_expired",
                "Events after this id are no longer stored. Load the present state, and follow without an event id.",
            ),
        }
    }
}

impl From<&AccountEvent> for EventPosition {
    fn from(event: &AccountEvent) -> Self {
        Self {
            sequence: event.sequence,
            at: event.at,
        }
    }
}

impl EventPosition {
    /// The text of the position for a client.
    #[must_use]
    pub fn seal(self, signer: &dyn Signer, user_id: UserId) -> String {
        let mut bytes = self.sequence.to_be_bytes().to_vec();
        bytes.extend(self.at.timestamp_millis().to_be_bytes());
        signer.seal(PURPOSE, user_id.uuid().as_bytes(), &bytes)
    }

    /// The position of a text.
    ///
    /// # Errors
    /// [`PositionError`].
    pub fn unseal(
        signer: &dyn Signer,
        user_id: UserId,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, PositionError> {
        let bytes = signer
            .unseal(PURPOSE, user_id.uuid().as_bytes(), text)
            .map_err(|_| PositionError::Invalid)?;
        let (sequence, millis) = bytes.split_at_checked(8).ok_or(PositionError::Invalid)?;
        let sequence = sequence.try_into().map(u64::from_be_bytes);
        let millis = millis.try_into().map(i64::from_be_bytes);
        let (Ok(sequence), Ok(millis)) = (sequence, millis) else {
            return Err(PositionError::Invalid);
        };
        let at = DateTime::from_timestamp_millis(millis).ok_or(PositionError::Invalid)?;
        if at <= now - EVENT_RETENTION {
            return Err(PositionError::Expired);
        }
        Ok(Self { sequence, at })
    }
}

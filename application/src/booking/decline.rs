//! Declining a request: the host says no, and what was reserved is given up.

use sojourn_domain::booking::{Booking, Command, MoveError};
use sojourn_domain::shared::{Actor, BookingId, StoreError, Violations};

use crate::case::Case;
use crate::payment::follow;
use crate::ports::Ports;
use crate::retry::{retrying_stale, stored};

/// Why a request was not declined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeclineError {
    /// There is none, or the asker has no part in it.
    #[error("no such booking")]
    NotFound,
    /// Only the host answers a request.
    #[error("only the host answers a request")]
    Forbidden,
    /// It is not at the version that the asker saw.
    #[error("the booking changed meanwhile")]
    Stale,
    /// It awaits no answer, or it is being accepted.
    #[error(transparent)]
    Refused(MoveError),
    /// These fields are wrong.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<MoveError> for DeclineError {
    fn from(error: MoveError) -> Self {
        if error == MoveError::NotAllowed {
            Self::Forbidden
        } else {
            Self::Refused(error)
        }
    }
}

/// The host declines a request, with a reason if there is one to tell (up to 1,000 characters). Its nights are
/// free again, and the guest's card is not charged.
///
/// # Errors
/// [`DeclineError`]; nothing was changed then.
pub async fn decline(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    reason: Option<String>,
    expected: Option<i64>,
) -> Result<Booking, DeclineError> {
    let mut found = Violations::new();
    if let Some(reason) = &reason {
        found.text("/reason", reason, 1_000);
    }
    found.or(()).map_err(DeclineError::Invalid)?;
    let reason = &reason;
    let declined = retrying_stale(|| attempt(ports, actor, id, reason, expected)).await?;
    follow(ports, declined.payment.as_ref()).await;
    Ok(declined.booking)
}

async fn attempt(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    reason: &Option<String>,
    expected: Option<i64>,
) -> Result<Option<Case>, DeclineError> {
    let case = Case::of(ports, id).await?.ok_or(DeclineError::NotFound)?;
    let party = case.booking.party_of(actor).ok_or(DeclineError::NotFound)?;
    if case.changed_since(expected) {
        return Err(DeclineError::Stale);
    }
    let now = ports.clock.now();
    let change = case.booking.clone().decline(party, reason.clone(), now)?;
    if case.is_charging() {
        let status = case.booking.status;
        return Err(MoveError::WrongState {
            status,
            command: Command::Decline,
        }
        .into());
    }
    Ok(stored(case.commit(ports, change, "declined", now).await)?)
}

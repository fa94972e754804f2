//! Effect of the payment provider's answer on a booking.

use chrono::{DateTime, Utc};

use crate::booking::booking::Booking;
use crate::booking::change::BookingChange;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::payment::gateway_call::{GatewayCall, GatewayCallKind, GatewayOutcome};

impl Booking {
    /// Applies the provider's answer to a call of the booking's payment; `None` when the answer does
    /// not concern the booking. An authorization or capture after the hold expired ends the hold: the
    /// amount is then returned, as after any payment that the booking no longer awaits. A refused
    /// charge leaves the hold as it is, and drops the alteration that it was for.
    ///
    /// `code` makes the confirmation code, of ten unambiguous characters.
    ///
    /// # Errors
    /// [`TransitionError`] when the transition is refused, which a stored booking excludes.
    pub fn apply_gateway_outcome(
        &self,
        call: &GatewayCall,
        outcome: &GatewayOutcome,
        code: impl FnOnce() -> String,
        now: DateTime<Utc>,
    ) -> Result<Option<BookingChange>, TransitionError> {
        let alters = self
            .alteration
            .as_ref()
            .is_some_and(|alteration| alteration.charge == Some(call.id));
        match outcome {
            GatewayOutcome::Succeeded { .. } if alters => {
                self.record_alteration_capture(call.id, now).map(Some)
            }
            GatewayOutcome::Refused { code } if alters => self
                .record_alteration_decline(call.id, code.clone(), now)
                .map(Some),
            GatewayOutcome::Succeeded { .. } => self.apply_charge(call.kind, code, now),
            GatewayOutcome::Refused { .. } => Ok(None),
        }
    }

    /// Applies a successful authorization or capture of the price.
    fn apply_charge(
        &self,
        kind: GatewayCallKind,
        code: impl FnOnce() -> String,
        now: DateTime<Utc>,
    ) -> Result<Option<BookingChange>, TransitionError> {
        let late = self.hold_expires_at().is_some_and(|end| now > end);
        let change = match (kind, self.status) {
            (
                GatewayCallKind::Authorize | GatewayCallKind::Capture,
                BookingStatus::PendingPayment,
            ) if late => self.time_out(now),
            (GatewayCallKind::Authorize, BookingStatus::PendingPayment) => {
                self.record_authorization(now)
            }
            (GatewayCallKind::Capture, BookingStatus::PendingPayment) => {
                self.record_capture(code(), now)
            }
            (GatewayCallKind::Capture, BookingStatus::AwaitingHost) => {
                self.confirm_acceptance(code(), now)
            }
            (
                GatewayCallKind::Authorize
                | GatewayCallKind::Capture
                | GatewayCallKind::Void
                | GatewayCallKind::Refund
                | GatewayCallKind::Payout,
                _,
            ) => return Ok(None),
        };
        change.map(Some)
    }
}

//! The behavior of simulated cards, which their names describe.

use std::time::Duration;

/// The outcome of a charge of the card, and its delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SimulatedCard {
    /// The charge succeeds.
    Accepted(Delivery),
    /// The charge is declined with this code.
    Declined(&'static str),
}

/// The delivery of the outcome of a successful charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// In the response.
    Response,
    /// In the response, and again in an event.
    ResponseAndEvent,
    /// Not in the response, but in an event after this delay.
    DelayedEvent(Duration),
    /// Only in the response to a retry with the same idempotency key.
    Retry,
}

const EVENT_DELAY: Duration = Duration::from_secs(2);

impl SimulatedCard {
    /// The card of a payment method.
    pub fn from_method(method: Option<&str>) -> Self {
        match method {
            Some("pm_card_visa" | "pm_card_mastercard") => Self::Accepted(Delivery::Response),
            Some("pm_card_answersTwice") => Self::Accepted(Delivery::ResponseAndEvent),
            Some("pm_card_answersLate") => Self::Accepted(Delivery::DelayedEvent(EVENT_DELAY)),
            Some("pm_card_timeoutAfterCharge") => Self::Accepted(Delivery::Retry),
            Some("pm_card_chargeDeclined") => Self::Declined("card_declined"),
            Some("pm_card_insufficientFunds") => Self::Declined("insufficient_funds"),
            Some("pm_card_authenticationRequired") => Self::Declined("authentication_required"),
            _ => Self::Declined("invalid_payment_method"),
        }
    }
}

impl Delivery {
    /// The delivery of the first outcome: declined cards, and requests without a card, are answered in the response.
    pub fn from_method(method: Option<&str>) -> Self {
        match SimulatedCard::from_method(method) {
            SimulatedCard::Accepted(delivery) => delivery,
            SimulatedCard::Declined(_) => Self::Response,
        }
    }
}

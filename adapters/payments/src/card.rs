//! What a card does: its name says it.

use std::time::Duration;

/// Whether a charge of a card is taken, and how its answer comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Card {
    /// The charge is taken.
    Pays(Manner),
    /// The charge is refused, with this code.
    Refuses(&'static str),
}

/// How the answer to a taken charge comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// By return.
    AtOnce,
    /// By return, and again by itself.
    Twice,
    /// Not by return, but by itself after this time.
    Late(Duration),
    /// Only when it is asked for again with the same key.
    WhenAskedAgain,
}

const LATE: Duration = Duration::from_secs(2);

impl Card {
    /// The card with this name.
    pub fn of(method: Option<&str>) -> Self {
        match method {
            Some("pm_card_visa" | "pm_card_mastercard") => Self::Pays(Manner::AtOnce),
            Some("pm_card_answersTwice") => Self::Pays(Manner::Twice),
            Some("pm_card_answersLate") => Self::Pays(Manner::Late(LATE)),
            Some("pm_card_timeoutAfterCharge") => Self::Pays(Manner::WhenAskedAgain),
            Some("pm_card_chargeDeclined") => Self::Refuses("card_declined"),
            Some("pm_card_insufficientFunds") => Self::Refuses("insufficient_funds"),
            Some("pm_card_authenticationRequired") => Self::Refuses("authentication_required"),
            _ => Self::Refuses("invalid_payment_method"),
        }
    }
}

impl Manner {
    /// How a first answer comes: a card that refuses, and what is asked without a card, answer by return.
    pub fn of(method: Option<&str>) -> Self {
        match Card::of(method) {
            Card::Pays(manner) => manner,
            Card::Refuses(_) => Self::AtOnce,
        }
    }
}

//! A change of a booking's dates or guests.

use chrono::{DateTime, Utc};

use super::Price;
use crate::shared::{AlterationId, Guests, Money, MoneyError, Party, PaymentEntryId, Stay};

/// What one side asks to change, and what it costs. It holds no nights until it is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Alteration {
    /// Its id.
    pub id: AlterationId,
    /// Who proposed it: the other side answers.
    pub by: Party,
    /// The stay as it is to be.
    pub stay: Stay,
    /// The party as it is to be.
    pub guests: Guests,
    /// The whole price as it is to be.
    pub price: Price,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// The last instant at which it can be accepted.
    pub expires_at: DateTime<Utc>,
    /// The charge of the difference, once the other side accepted: its answer decides.
    pub charge: Option<PaymentEntryId>,
}

impl Alteration {
    /// What it costs more than the booking as it is; negative when something comes back.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn difference(&self, booking_price: &Price) -> Result<Money, MoneyError> {
        self.price.total.minus(booking_price.total)
    }
}

/// An alteration that a side asks for, priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAlteration {
    /// The id it is to have.
    pub id: AlterationId,
    /// The stay as it is to be.
    pub stay: Stay,
    /// The party as it is to be.
    pub guests: Guests,
    /// The whole price of that.
    pub price: Price,
}

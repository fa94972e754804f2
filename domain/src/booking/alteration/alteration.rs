//! A change of a booking's dates or guests.

use chrono::{DateTime, Utc};

use crate::booking::pricing::altered_price::AlteredPrice;
use crate::booking::pricing::price::Price;
use crate::shared::booking_role::BookingRole;
use crate::shared::guests::Guests;
use crate::shared::id::{AlterationId, PaymentEntryId};
use crate::shared::money::{Money, MoneyError};
use crate::shared::stay::Stay;

/// A requested change of a booking and its new price. It claims no nights until it is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Alteration {
    /// Unique identifier.
    pub id: AlterationId,
    /// Role that proposed it; the other side answers.
    pub by: BookingRole,
    /// Requested stay.
    pub stay: Stay,
    /// Requested guests.
    pub guests: Guests,
    /// Full price of the booking after the alteration.
    pub price: Price,
    /// Timestamp of the proposal (UTC).
    pub proposed_at: DateTime<Utc>,
    /// Last instant at which it can be accepted (UTC).
    pub expires_at: DateTime<Utc>,
    /// Charge of the difference, once the other side has accepted; its outcome decides whether the
    /// alteration is applied.
    pub charge: Option<PaymentEntryId>,
    /// The gateway's token of the card that is to be charged; the booking's card when absent.
    #[cfg_attr(feature = "serde", serde(default))]
    pub payment_method: Option<String>,
}

impl Alteration {
    /// Difference to the booking's current price; negative when an amount is refunded.
    ///
    /// # Errors
    /// [`MoneyError`] when amounts cannot be combined or overflow.
    pub fn difference(&self, booking_price: &Price) -> Result<Money, MoneyError> {
        self.price.total.checked_sub(booking_price.total)
    }

    /// Amount that its acceptance refunds to the guest; zero when it costs the same or more.
    ///
    /// # Errors
    /// [`MoneyError`] when amounts cannot be combined or overflow.
    pub fn refund(&self, booking_price: &Price) -> Result<Money, MoneyError> {
        let difference = self.difference(booking_price)?;
        let refund = difference.amount().min(0).saturating_neg();
        Ok(Money::new(refund, difference.currency()))
    }
}

/// A priced alteration as requested by one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAlteration {
    /// Identifier for the alteration.
    pub id: AlterationId,
    /// Requested stay and guests with the full price of the booking after the alteration.
    pub price: AlteredPrice,
    /// The gateway's token of the card that is to be charged; the booking's card when absent.
    pub payment_method: Option<String>,
}

//! Price of an altered booking.

use std::ops::Deref;

use crate::booking::booking::Booking;
use crate::booking::pricing::draft::Draft;
use crate::booking::pricing::price::{Price, PriceError};
use crate::booking::pricing::stay_price::finish;
use crate::property::calendar::Calendar;
use crate::property::property::Property;
use crate::shared::guests::Guests;
use crate::shared::id::BookingId;
use crate::shared::stay::Stay;

/// The price of a booking for another stay or party. [`Booking::altered_price`] makes it; it is
/// used as the price that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlteredPrice {
    booking_id: BookingId,
    stay: Stay,
    guests: Guests,
    price: Price,
}

impl Deref for AlteredPrice {
    type Target = Price;

    fn deref(&self) -> &Price {
        &self.price
    }
}

impl AlteredPrice {
    /// Requested stay.
    #[must_use]
    pub const fn stay(&self) -> Stay {
        self.stay
    }

    /// Requested guests.
    #[must_use]
    pub const fn guests(&self) -> Guests {
        self.guests
    }

    /// The booking that it was calculated for.
    #[must_use]
    pub const fn booking_id(&self) -> BookingId {
        self.booking_id
    }

    /// The price alone.
    #[must_use]
    pub fn into_price(self) -> Price {
        self.price
    }

    /// A price of a stay at the property's present prices, for tests of commands.
    #[cfg(test)]
    pub(crate) fn present(booking_id: BookingId, stay: Stay, guests: Guests, price: Price) -> Self {
        assert!(price.is_for(stay));
        Self {
            booking_id,
            stay,
            guests,
            price,
        }
    }
}

impl Booking {
    /// Price of the booking for another stay and party.
    ///
    /// Nights that are in both stays keep the price that was agreed, added nights have the
    /// property's present one. Lead-time discount and non-refundable reduction keep their basis
    /// points; the length-of-stay discount is the tier of the new length in the kept price list,
    /// from which fees and taxes follow too. The fees of the marketplace are those of the
    /// booking's terms. An unchanged stay and party have the agreed price.
    ///
    /// Source: the domain rules of Sojourn, section *Alterations*.
    ///
    /// # Errors
    /// [`PriceError`] when the stay cannot be priced; [`PriceError::CurrencyChanged`] when nights
    /// would be added in another currency.
    pub fn altered_price(
        &self,
        property: &Property,
        calendar: &Calendar,
        stay: Stay,
        guests: Guests,
    ) -> Result<AlteredPrice, PriceError> {
        calendar.require_property(self.property_id)?;
        let (agreed, conditions) = (&self.price, &self.conditions);
        let mut trace = ();
        let mut draft = Draft::new(agreed.currency(), &mut trace);
        let present = property.details.pricing.as_ref();
        let nights = draft.altered_nights(agreed, present, calendar, stay)?;
        draft.length_of_stay(&conditions.pricing, stay.nights())?;
        draft.agreed_lead_time(conditions.lead_time)?;
        draft.agreed_non_refundable(conditions.non_refundable_bps)?;
        let price = finish(draft, nights, &conditions.pricing, guests, &self.terms)?;
        Ok(AlteredPrice {
            booking_id: self.id,
            stay,
            guests,
            price,
        })
    }
}

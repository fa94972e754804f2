//! Price of an altered booking.

use crate::booking::booking::Booking;
use crate::booking::pricing::draft::Draft;
use crate::booking::pricing::price::{Price, PriceError};
use crate::booking::pricing::stay_price::finish;
use crate::property::calendar::Calendar;
use crate::property::property::Property;
use crate::shared::guests::Guests;
use crate::shared::stay::Stay;

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
    ) -> Result<Price, PriceError> {
        let (agreed, conditions) = (&self.price, &self.conditions);
        let mut trace = ();
        let mut draft = Draft::new(agreed.currency(), &mut trace);
        let present = property.details.pricing.as_ref();
        let nights = draft.altered_nights(agreed, present, calendar, stay)?;
        draft.length_of_stay(&conditions.pricing, stay.nights())?;
        draft.agreed_lead_time(conditions.lead_time)?;
        draft.agreed_non_refundable(conditions.non_refundable_bps)?;
        finish(draft, nights, &conditions.pricing, guests, &self.terms)
    }
}

//! Bookings that tests alter.

use crate::booking::booking::Booking;
use crate::booking::lifecycle::hold::NewBooking;
use crate::booking::offer::{Offer, StayRequest};
use crate::booking::pricing::price::RatePlan;
use crate::fixtures::{BOOKING, GUEST, at, guests, open_calendar, stay, stored};
use crate::property::property::Property;
use crate::shared::marketplace_terms::MarketplaceTerms;

/// A hold of the property.
pub(crate) fn held(property: &Property, dates: &str, rate: RatePlan, booked: &str) -> Booking {
    let (terms, calendar) = (MarketplaceTerms::default(), open_calendar());
    let now = at(booked);
    let request = StayRequest::new(stay(dates), guests(2)).at_rate(rate);
    let quote = Offer::new(property, &calendar, &terms).quote(request, now);
    let new = NewBooking {
        id: BOOKING,
        guest_id: GUEST,
        quote: quote.unwrap(),
        message: None,
    };
    stored(Booking::hold(property, new, now).unwrap())
}

/// A booking of the property, confirmed when it was made.
pub(crate) fn booked(property: &Property, dates: &str, rate: RatePlan, booked: &str) -> Booking {
    let held = held(property, dates, rate, booked);
    stored(
        held.record_capture("ABCDEFGHJK".into(), at(booked))
            .unwrap(),
    )
}

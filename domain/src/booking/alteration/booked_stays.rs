//! Bookings that tests alter.

use crate::booking::booking::Booking;
use crate::booking::lifecycle::hold::NewBooking;
use crate::booking::pricing::conditions::BookingConditions;
use crate::booking::pricing::price::RatePlan;
use crate::booking::pricing::stay_price::price;
use crate::fixtures::{BOOKING, GUEST, at, guests, stay, stored};
use crate::property::calendar::Calendar;
use crate::property::property::Property;
use crate::shared::marketplace_terms::MarketplaceTerms;

/// A hold of the property.
pub(crate) fn held(property: &Property, dates: &str, rate: RatePlan, booked: &str) -> Booking {
    let (terms, now) = (MarketplaceTerms::default(), at(booked));
    let (stay, guests, calendar) = (stay(dates), guests(2), Calendar::default());
    let price = price(property, &calendar, stay, guests, rate, &terms, now).unwrap();
    let new = NewBooking {
        id: BOOKING,
        guest_id: GUEST,
        stay,
        guests,
        price,
        conditions: BookingConditions::of(property, stay, rate, now).unwrap(),
        terms,
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

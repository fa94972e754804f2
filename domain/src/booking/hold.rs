//! Creation of a booking as a hold on its nights.

use chrono::{DateTime, Utc};

use super::{
    Booking, BookingChange, BookingRecord, HistoryEntry, MoveError, Price, RefundPolicy, Status,
};
use crate::property::Property;
use crate::shared::{BookingId, Guests, MarketplaceTerms, Party, Stay, UserId};

/// A priced request for a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBooking {
    /// Identifier for the booking.
    pub id: BookingId,
    /// The guest's account.
    pub guest_id: UserId,
    /// The stay.
    pub stay: Stay,
    /// The number of guests by kind.
    pub guests: Guests,
    /// The price, from a quote or newly calculated.
    pub price: Price,
    /// The refund policy, from the same quote or the property.
    pub policy: RefundPolicy,
    /// The terms, from the same quote or those in force.
    pub terms: MarketplaceTerms,
    /// First message to the host.
    pub message: Option<String>,
}

impl Booking {
    /// Creates a booking that holds its nights until it is paid. Availability is checked beforehand
    /// by [`super::refusals`]; storing the change proves again that the nights are free.
    ///
    /// # Errors
    /// [`MoveError::NotBookable`] when the property has no time zone, as in a draft.
    pub fn hold(
        property: &Property,
        new: NewBooking,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let details = &property.details;
        let record = BookingRecord {
            id: new.id,
            property_id: property.id,
            host_id: property.host_id,
            guest_id: new.guest_id,
            stay: new.stay,
            guests: new.guests,
            preparation_nights: details.stay_rules.preparation_nights,
            status: Status::PendingPayment,
            price: new.price,
            policy: new.policy,
            terms: new.terms,
            mode: details.booking_mode,
            zone: details.time_zone.ok_or(MoveError::NotBookable)?,
            check_in_from: details.stay_rules.check_in_from,
            check_out_until: details.stay_rules.check_out_until,
            message: new.message,
            payment_id: None,
            requested_at: None,
            confirmation: None,
            cancellation: None,
            alteration: None,
            history: vec![HistoryEntry {
                at: now,
                from: None,
                to: Status::PendingPayment,
                by: Party::Guest,
                reason: None,
            }],
            created_at: now,
            updated_at: now,
            version: 1,
        };
        Ok(BookingChange::of(Self { record, stored: 0 }, &[]))
    }
}

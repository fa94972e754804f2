//! How a booking begins: as a hold of its nights.

use chrono::{DateTime, Utc};

use super::{
    Booking, BookingChange, BookingRecord, HistoryEntry, MoveError, Price, RefundPolicy, Status,
};
use crate::property::Property;
use crate::shared::{BookingId, Guests, MarketplaceTerms, Party, Stay, UserId};

/// What a guest asks for, priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBooking {
    /// The id it is to have.
    pub id: BookingId,
    /// Who stays.
    pub guest_id: UserId,
    /// The stay.
    pub stay: Stay,
    /// The party.
    pub guests: Guests,
    /// The price, of a quote or made anew.
    pub price: Price,
    /// The policy, of the same quote or property.
    pub policy: RefundPolicy,
    /// The terms, of the same quote or those in force.
    pub terms: MarketplaceTerms,
    /// The first words to the host.
    pub message: Option<String>,
}

impl Booking {
    /// A new booking whose nights are held until it is paid. Whether the stay can be booked is asked before, of
    /// [`super::refusals`]; that its nights are free is proved again when the change is stored.
    ///
    /// # Errors
    /// [`MoveError::NotBookable`] when the property has no zone: a draft.
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

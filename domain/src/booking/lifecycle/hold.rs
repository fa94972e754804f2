//! Creation of a booking as a hold on its nights.

use chrono::{DateTime, Utc};

use crate::booking::booking::{Booking, BookingRecord, HistoryEntry};
use crate::booking::change::BookingChange;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::booking::pricing::conditions::BookingConditions;
use crate::booking::pricing::price::Price;
use crate::property::property::Property;
use crate::shared::booking_role::BookingRole;
use crate::shared::guests::Guests;
use crate::shared::id::{BookingId, UserId};
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::stay::Stay;

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
    /// The conditions, from the same quote or the property.
    pub conditions: BookingConditions,
    /// The terms, from the same quote or those in force.
    pub terms: MarketplaceTerms,
    /// First message to the host.
    pub message: Option<String>,
}

impl Booking {
    /// Creates a booking that holds its nights until it is paid; it sends no notification.
    /// Availability is checked beforehand by [`crate::booking::check_availability`]; storing the change
    /// proves again that the nights are free.
    ///
    /// # Errors
    /// [`TransitionError::NotBookable`] when the property has no time zone, as in a draft.
    pub fn hold(
        property: &Property,
        new: NewBooking,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let details = &property.details;
        let record = BookingRecord {
            id: new.id,
            property_id: property.id,
            host_id: property.host_id,
            guest_id: new.guest_id,
            stay: new.stay,
            guests: new.guests,
            preparation_nights: details.stay_rules.preparation_nights,
            status: BookingStatus::PendingPayment,
            price: new.price,
            policy: new.conditions.policy_for(new.stay),
            conditions: new.conditions,
            terms: new.terms,
            mode: details.booking_mode,
            zone: details.time_zone.ok_or(TransitionError::NotBookable)?,
            check_in_from: details.stay_rules.check_in_from,
            check_out_until: details.stay_rules.check_out_until,
            message: new.message,
            payment_id: None,
            requested_at: None,
            confirmation: None,
            cancellation: None,
            alteration: None,
            alterations: 0,
            history: vec![HistoryEntry {
                at: now,
                from: None,
                to: BookingStatus::PendingPayment,
                command: None,
                by: BookingRole::Guest,
                reason: None,
            }],
            created_at: now,
            updated_at: now,
            version: 1,
        };
        Ok(BookingChange::without_notification(
            Self { record, stored: 0 },
            &[],
        ))
    }
}

//! Creation of a booking as a hold on its nights.

use chrono::{DateTime, Utc};

use crate::booking::booking::{Booking, BookingRecord, HistoryEntry};
use crate::booking::change::BookingChange;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::booking::precondition::Precondition;
use crate::booking::pricing::quote::Quote;
use crate::property::enums::PropertyStatus;
use crate::property::property::Property;
use crate::shared::booking_role::BookingRole;
use crate::shared::id::{BookingId, PropertyId, UserId};

/// A quoted request for a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBooking {
    /// Identifier for the booking.
    pub id: BookingId,
    /// The guest's account.
    pub guest_id: UserId,
    /// The quote: stay, party, price, conditions and terms.
    pub quote: Quote,
    /// First message to the host.
    pub message: Option<String>,
}

/// Reason for which a booking is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoldError {
    /// The property is not listed, or has no time zone.
    #[error("the property does not accept bookings")]
    NotBookable,
    /// The quote is one for another property.
    #[error("the quote is for the property {quoted}")]
    ForeignQuote {
        /// Property of the quote.
        quoted: PropertyId,
    },
    /// The quote has expired.
    #[error("the quote expired at {expired_at}")]
    QuoteExpired {
        /// Last instant at which it could be used (UTC).
        expired_at: DateTime<Utc>,
    },
    /// Hosts cannot book their own property.
    #[error("hosts cannot book their own property")]
    OwnProperty,
}

impl Booking {
    /// Creates a booking that holds its nights until it is paid; it sends no notification.
    /// Availability was checked for the quote; storing the change proves again that the nights are
    /// free.
    ///
    /// # Errors
    /// [`HoldError`] when the quote cannot be used for the property at this time.
    pub fn hold(
        property: &Property,
        new: NewBooking,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, HoldError> {
        let quote = new.quote.into_record();
        if quote.property_id != property.id {
            return Err(HoldError::ForeignQuote {
                quoted: quote.property_id,
            });
        }
        if now > quote.expires_at {
            return Err(HoldError::QuoteExpired {
                expired_at: quote.expires_at,
            });
        }
        if new.guest_id == property.host_id {
            return Err(HoldError::OwnProperty);
        }
        let zone = property
            .details
            .time_zone
            .filter(|_| property.status == PropertyStatus::Listed)
            .ok_or(HoldError::NotBookable)?;
        let details = &property.details;
        let record = BookingRecord {
            id: new.id,
            property_id: property.id,
            host_id: property.host_id,
            guest_id: new.guest_id,
            stay: quote.stay,
            guests: quote.guests,
            preparation_nights: details.stay_rules.preparation_nights,
            status: BookingStatus::PendingPayment,
            price: quote.price,
            policy: quote.conditions.policy_for(quote.stay),
            conditions: quote.conditions,
            terms: quote.terms,
            mode: details.booking_mode,
            zone,
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
        Ok(
            BookingChange::without_notification(Self { record, stored: 0 }, &[])
                .requiring([Precondition::PropertyListed, Precondition::GuestActive]),
        )
    }
}

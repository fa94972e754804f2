//! The booking and its stored record.

use std::ops::Deref;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::booking::alteration::alteration::Alteration;
use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::refund::Refund;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::check_record::check_booking;
use crate::booking::lifecycle::transitions::{BookingCommand, BookingStatus};
use crate::booking::pricing::conditions::BookingConditions;
use crate::booking::pricing::price::Price;
use crate::property::enums::BookingMode;
use crate::shared::actor::Actor;
use crate::shared::booking_role::BookingRole;
use crate::shared::guests::Guests;
use crate::shared::id::{BookingId, PaymentId, PropertyId, UserId};
use crate::shared::invalid_record::InvalidRecord;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;
use crate::shared::stay::Stay;

/// Confirmation of a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Confirmation {
    /// Timestamp of the confirmation (UTC).
    pub at: DateTime<Utc>,
    /// Confirmation code of ten unambiguous characters.
    pub code: String,
    /// Check-in date that the booking had then. The grace period belongs to it.
    pub check_in: NaiveDate,
}

/// Cancellation of a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Cancellation {
    /// Role that cancelled.
    pub by: BookingRole,
    /// Timestamp of the cancellation (UTC).
    pub at: DateTime<Utc>,
    /// Free-text reason given by the canceller.
    pub reason: Option<String>,
    /// The refund.
    pub refund: Refund,
    /// Fee that the host pays for cancelling.
    pub host_fee: Option<Money>,
}

/// One transition of a booking. Events of an alteration lead back to the same state.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HistoryEntry {
    /// Timestamp (UTC).
    pub at: DateTime<Utc>,
    /// Previous state; absent on the first entry.
    pub from: Option<BookingStatus>,
    /// New state.
    pub to: BookingStatus,
    /// Command that caused it; absent on the first entry, which makes the booking.
    #[cfg_attr(feature = "serde", serde(default))]
    pub command: Option<BookingCommand>,
    /// Role that caused it.
    pub by: BookingRole,
    /// Reason, if given.
    pub reason: Option<String>,
}

/// Everything that is stored of a booking. Price, policy, terms, time zone and times are those at
/// the time of booking.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BookingRecord {
    /// Unique identifier.
    pub id: BookingId,
    /// The property.
    pub property_id: PropertyId,
    /// The property's host.
    pub host_id: UserId,
    /// The guest's account.
    pub guest_id: UserId,
    /// The stay.
    pub stay: Stay,
    /// The number of guests by kind.
    pub guests: Guests,
    /// Number of nights after the stay that are claimed with it.
    pub preparation_nights: u32,
    /// State of the booking.
    pub status: BookingStatus,
    /// Agreed price.
    pub price: Price,
    /// Refund policy in force: that of `conditions` for the nights of the stay.
    pub policy: RefundPolicy,
    /// Price list, policies and reductions at the time of booking.
    pub conditions: BookingConditions,
    /// Fees and time limits.
    pub terms: MarketplaceTerms,
    /// Booking mode: confirmed by payment, or by the host's acceptance.
    pub mode: BookingMode,
    /// The property's time zone.
    pub zone: Tz,
    /// Local check-in time.
    pub check_in_from: NaiveTime,
    /// Local check-out time.
    pub check_out_until: NaiveTime,
    /// The guest's first message to the host.
    pub message: Option<String>,
    /// Its payment, once there is one.
    pub payment_id: Option<PaymentId>,
    /// Timestamp of the request to the host (UTC).
    pub requested_at: Option<DateTime<Utc>>,
    /// Confirmation, if confirmed.
    pub confirmation: Option<Confirmation>,
    /// Cancellation, if cancelled.
    pub cancellation: Option<Cancellation>,
    /// Open alteration, awaiting the other side's answer or its charge.
    pub alteration: Option<Alteration>,
    /// Number of alterations that were applied.
    pub alterations: u32,
    /// All transitions, in order.
    pub history: Vec<HistoryEntry>,
    /// Timestamp of the creation (UTC).
    pub created_at: DateTime<Utc>,
    /// Timestamp of the last change (UTC).
    pub updated_at: DateTime<Utc>,
    /// Version number for optimistic locking; the first stored version is 1.
    pub version: i64,
}

/// A booking. Its record is read-only to callers and changes only through its methods. However many
/// changes are made before it is stored, its version is the stored one plus one. Bookings are equal
/// when their records are.
///
/// Guarantees: guest and host differ; the price is for the nights of the stay, and has the currency of
/// the price list that was agreed; the policy is the one that the conditions apply to these nights;
/// the state has the data that leads to it (a confirmation, a request, a cancellation, an open
/// alteration) and no other; the history leads to the state without a gap; what a cancellation
/// refunds and retains sums to the price.
#[derive(Debug, Clone)]
pub struct Booking {
    pub(crate) record: BookingRecord,
    /// Version that was loaded; 0 for a new booking.
    pub(crate) stored: i64,
}

impl PartialEq for Booking {
    fn eq(&self, other: &Self) -> bool {
        self.record == other.record
    }
}

impl Eq for Booking {}

impl Deref for Booking {
    type Target = BookingRecord;

    fn deref(&self) -> &BookingRecord {
        &self.record
    }
}

impl Booking {
    /// Restores a booking from its stored record.
    ///
    /// # Errors
    /// [`InvalidRecord`] when the parts of the record contradict each other.
    pub fn restore(record: BookingRecord) -> Result<Self, InvalidRecord> {
        check_booking(&record)?;
        Ok(Self {
            stored: record.version,
            record,
        })
    }

    /// Returns the record to store.
    #[must_use]
    pub fn into_record(self) -> BookingRecord {
        self.record
    }

    /// Sets the time of the last change and the next version.
    pub(crate) fn bump_version(mut self, now: DateTime<Utc>) -> Self {
        self.record.updated_at = now;
        self.record.version = self.stored + 1;
        self
    }

    /// Role of an actor in this booking; `None` for unrelated users, who must not learn that it
    /// exists.
    #[must_use]
    pub fn role_of(&self, actor: &Actor) -> Option<BookingRole> {
        match actor.user_id {
            id if id == self.record.guest_id => Some(BookingRole::Guest),
            id if id == self.record.host_id => Some(BookingRole::Host),
            _ => actor.admin.then_some(BookingRole::Admin),
        }
    }

    /// Deadlines that determine its refunds.
    #[must_use]
    pub fn deadlines(&self) -> Deadlines {
        Deadlines {
            stay: self.record.stay,
            zone: self.record.zone,
            check_in_from: self.record.check_in_from,
            booked_at: self.record.created_at,
            confirmed_at: self
                .record
                .confirmation
                .as_ref()
                .map_or(self.record.created_at, |it| it.at),
            confirmed_check_in: self
                .record
                .confirmation
                .as_ref()
                .map_or(self.record.stay.check_in(), |it| it.check_in),
        }
    }
}

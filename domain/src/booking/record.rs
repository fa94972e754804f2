//! The booking and all that is stored of it.

use std::ops::Deref;

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use super::{Alteration, Deadlines, Price, Refund, RefundPolicy, Status};
use crate::property::BookingMode;
use crate::shared::{
    Actor, BookingId, Guests, MarketplaceTerms, Money, Party, PaymentId, PropertyId, Stay, UserId,
};

/// That a booking became certain.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Confirmation {
    /// When.
    pub at: DateTime<Utc>,
    /// Ten unambiguous characters to name it by at the door.
    pub code: String,
}

/// That a booking was called off.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Cancellation {
    /// By whom.
    pub by: Party,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
    /// What comes back.
    pub refund: Refund,
    /// What the host pays for cancelling.
    pub host_fee: Option<Money>,
}

/// One step of a booking's life. What becomes of an alteration is one that leads to where the booking was.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HistoryEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// From where; absent on the first.
    pub from: Option<Status>,
    /// To where.
    pub to: Status,
    /// Who did it.
    pub by: Party,
    /// Why.
    pub reason: Option<String>,
}

/// All that is stored of a booking. Price, policy, terms, zone and times are those under which it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingRecord {
    /// Its id.
    pub id: BookingId,
    /// The property.
    pub property_id: PropertyId,
    /// The property's host.
    pub host_id: UserId,
    /// Who stays.
    pub guest_id: UserId,
    /// The stay.
    pub stay: Stay,
    /// The party.
    pub guests: Guests,
    /// Nights after the stay that are claimed with it.
    pub preparation_nights: u32,
    /// Where it is in its life.
    pub status: Status,
    /// The price agreed.
    pub price: Price,
    /// What comes back on cancellation.
    pub policy: RefundPolicy,
    /// Fees and windows.
    pub terms: MarketplaceTerms,
    /// Whether payment confirms it.
    pub mode: BookingMode,
    /// The property's zone.
    pub zone: Tz,
    /// Check-in time on the wall.
    pub check_in_from: NaiveTime,
    /// Check-out time on the wall.
    pub check_out_until: NaiveTime,
    /// The guest's first words to the host.
    pub message: Option<String>,
    /// Its payment, once there is one.
    pub payment_id: Option<PaymentId>,
    /// When the host was asked.
    pub requested_at: Option<DateTime<Utc>>,
    /// When it became certain.
    pub confirmation: Option<Confirmation>,
    /// When it was called off.
    pub cancellation: Option<Cancellation>,
    /// A change of it that awaits the other side, or its charge.
    pub alteration: Option<Alteration>,
    /// Every step of its life.
    pub history: Vec<HistoryEntry>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Counts its changes; the first stored version is 1.
    pub version: i64,
}

/// A booking. Its record can be read by everyone and changed only by its own moves. Whatever number of moves is
/// decided before it is stored, its version is the one after the stored one. Two are equal when their records are.
#[derive(Debug, Clone)]
pub struct Booking {
    pub(super) record: BookingRecord,
    /// The version at which it was read; 0 when it was never stored.
    pub(super) stored: i64,
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
    /// The booking as it was stored.
    #[must_use]
    pub const fn restore(record: BookingRecord) -> Self {
        Self {
            stored: record.version,
            record,
        }
    }

    /// The record, to be stored.
    #[must_use]
    pub fn into_record(self) -> BookingRecord {
        self.record
    }

    /// Notes that it changed.
    pub(super) const fn touch(&mut self, now: DateTime<Utc>) {
        self.record.updated_at = now;
        self.record.version = self.stored + 1;
    }

    /// As what an actor stands to it; none for a stranger, who must not know that it exists.
    #[must_use]
    pub fn party_of(&self, actor: &Actor) -> Option<Party> {
        match actor.user_id {
            id if id == self.record.guest_id => Some(Party::Guest),
            id if id == self.record.host_id => Some(Party::Host),
            _ => actor.admin.then_some(Party::Admin),
        }
    }

    /// The instants that its refunds turn on.
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
        }
    }
}

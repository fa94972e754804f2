//! A change of a booking, to be stored.

use chrono::{DateTime, Utc};

use crate::booking::booking::Booking;
use crate::booking::precondition::Precondition;
use crate::journal::entry::JournalEntry;
use crate::payment::payment::Payment;
use crate::property::calendar::NightClaim;
use crate::shared::audit::AuditEntry;
use crate::shared::notification::Notification;

/// Effect of a change on the claimed nights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NightsChange {
    /// No effect.
    Keep,
    /// Replaces the booking's claims by exactly these, in ascending order: missing nights are
    /// released, new ones claimed. All or none.
    Set(Vec<NightClaim>),
}

/// A change of a booking, to be stored as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingChange {
    /// The changed booking. Version 1 is inserted; a later version replaces its predecessor.
    pub booking: Booking,
    /// Conditions that must still hold when the change is stored.
    pub preconditions: Vec<Precondition>,
    /// Effect on the claimed nights.
    pub nights: NightsChange,
    /// The changed payment, if any; stored by version like the booking.
    pub payment: Option<Payment>,
    /// Journal entries to post.
    pub journal: Vec<JournalEntry>,
    /// Notifications to send.
    pub notifications: Vec<Notification>,
    /// Instant (UTC) at which they are sent; at once if absent.
    pub notices_due_at: Option<DateTime<Utc>>,
    /// Audit entry to record.
    pub audit: Option<AuditEntry>,
}

impl BookingChange {
    /// A change of which guest and host are notified. The nights are set to [`Booking::claims`]
    /// when those differ from the claims held before.
    pub(crate) fn of(booking: Booking, held: &[NightClaim]) -> Self {
        let notifications = vec![Notification::BookingChanged {
            booking_id: booking.id,
        }];
        Self {
            notifications,
            ..Self::without_notification(booking, held)
        }
    }

    /// The same without notifications.
    pub(crate) fn without_notification(booking: Booking, held: &[NightClaim]) -> Self {
        let claims = booking.claims();
        let nights = if claims == held {
            NightsChange::Keep
        } else {
            NightsChange::Set(claims)
        };
        Self {
            booking,
            preconditions: Vec::new(),
            nights,
            payment: None,
            journal: Vec::new(),
            notifications: Vec::new(),
            notices_due_at: None,
            audit: None,
        }
    }

    /// Adds conditions that must still hold when the change is stored.
    #[must_use]
    pub fn requiring(mut self, conditions: impl IntoIterator<Item = Precondition>) -> Self {
        self.preconditions.extend(conditions);
        self
    }

    /// Adds a change of the payment.
    #[must_use]
    pub fn with_payment(mut self, payment: Payment) -> Self {
        self.payment = Some(payment);
        self
    }

    /// Adds an audit entry.
    #[must_use]
    pub fn with_audit(mut self, entry: Option<AuditEntry>) -> Self {
        self.audit = entry;
        self
    }
}

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

/// A change of a booking, to be stored as a whole or not at all. The commands of [`Booking`] make it:
/// booking, nights, payment, journal and notifications that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a change has no effect until it is stored"]
pub struct BookingChange {
    booking: Booking,
    preconditions: Vec<Precondition>,
    nights: NightsChange,
    pub(crate) payment: Option<Payment>,
    pub(crate) journal: Vec<JournalEntry>,
    notifications: Vec<Notification>,
    notices_due_at: Option<DateTime<Utc>>,
    audit: Option<AuditEntry>,
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

    /// The changed booking. Version 1 is inserted; a later version replaces its predecessor.
    #[must_use]
    pub const fn booking(&self) -> &Booking {
        &self.booking
    }

    /// The changed booking, for a caller that needs no more of the change.
    #[must_use]
    pub fn into_booking(self) -> Booking {
        self.booking
    }

    /// Conditions that must still hold when the change is stored.
    #[must_use]
    pub fn preconditions(&self) -> &[Precondition] {
        &self.preconditions
    }

    /// Effect on the claimed nights.
    #[must_use]
    pub const fn nights(&self) -> &NightsChange {
        &self.nights
    }

    /// The changed payment, if any; stored by version like the booking.
    #[must_use]
    pub const fn payment(&self) -> Option<&Payment> {
        self.payment.as_ref()
    }

    /// Journal entries to post.
    #[must_use]
    pub fn journal(&self) -> &[JournalEntry] {
        &self.journal
    }

    /// Notifications to send.
    #[must_use]
    pub fn notifications(&self) -> &[Notification] {
        &self.notifications
    }

    /// Instant (UTC) at which the notifications are sent; at once if absent.
    #[must_use]
    pub const fn notices_due_at(&self) -> Option<DateTime<Utc>> {
        self.notices_due_at
    }

    /// Audit entry to record.
    #[must_use]
    pub const fn audit(&self) -> Option<&AuditEntry> {
        self.audit.as_ref()
    }

    /// Adds conditions that must still hold when the change is stored.
    pub fn requiring(mut self, conditions: impl IntoIterator<Item = Precondition>) -> Self {
        self.preconditions.extend(conditions);
        self
    }

    /// Adds a change of the payment.
    pub fn with_payment(mut self, payment: Payment) -> Self {
        self.payment = Some(payment);
        self
    }

    /// Adds an audit entry.
    pub fn with_audit(mut self, entry: Option<AuditEntry>) -> Self {
        self.audit = entry;
        self
    }

    /// The change without its notifications.
    pub fn without_notifications(mut self) -> Self {
        self.notifications.clear();
        self.notices_due_at = None;
        self
    }

    /// Sends the notifications at an instant.
    pub(crate) fn notifying_at(mut self, at: Option<DateTime<Utc>>) -> Self {
        self.notices_due_at = at;
        self
    }

    /// This change of a booking and a later one of the result, as one change: the later one, with the
    /// nights of whichever changes them last.
    pub fn followed_by(self, later: Self) -> Self {
        let nights = match later.nights {
            NightsChange::Keep if later.booking.id == self.booking.id => self.nights,
            nights => nights,
        };
        Self { nights, ..later }
    }
}

//! A review and its transitions.

use std::ops::Deref;

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::booking::Booking;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::review::check_record::check_review;
use crate::review::response_state::ResponseState;
use crate::review::scores::Scores;
use crate::shared::actor::Actor;
use crate::shared::audit::AuditEntry;
use crate::shared::booking_role::BookingRole;
use crate::shared::id::{BookingId, PropertyId, ReviewId, UserId};
use crate::shared::invalid_record::InvalidRecord;
use crate::shared::local_time::saturating_add;
use crate::shared::notification::Notification;
use crate::shared::string_enum::string_enum;
use crate::shared::violations::Violations;

string_enum! {
    /// Subject of a review.
    Subject {
        /// The property, reviewed by its guest.
        Property = "property",
        /// The guest, reviewed by the host.
        Guest = "guest",
    }
}

/// Content of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReviewText {
    /// The scores.
    pub scores: Scores,
    /// Public comment, 1–5,000 characters.
    pub public_comment: String,
    /// Private note to the addressee, up to 5,000 characters.
    pub private_note: Option<String>,
}

/// Everything that is stored of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReviewRecord {
    /// Unique identifier.
    pub id: ReviewId,
    /// The booking; absent for imported reviews.
    pub booking_id: Option<BookingId>,
    /// The property of the stay.
    pub property_id: PropertyId,
    /// The author's account.
    pub reviewer_id: UserId,
    /// Account of the addressee: the host, or the guest.
    pub addressee_id: UserId,
    /// Subject of the review.
    pub subject: Subject,
    /// Content of the review.
    pub text: ReviewText,
    /// The addressee's public response, if any.
    pub response: Option<String>,
    /// End of the period for writing and editing, and latest publication (UTC).
    pub window_ends_at: DateTime<Utc>,
    /// Timestamp of the publication (UTC).
    pub published_at: Option<DateTime<Utc>>,
    /// Deadline for the response (UTC).
    pub respond_by: Option<DateTime<Utc>>,
    /// Timestamp of the creation (UTC).
    pub created_at: DateTime<Utc>,
    /// Timestamp of the last change (UTC).
    pub updated_at: DateTime<Utc>,
    /// Version number for optimistic locking; the first stored version is 1.
    pub version: i64,
}

/// A review. Its record is read-only to callers and changes only through its methods.
///
/// Guarantees: author and addressee differ; each score is 1 to 5, of a category that applies to its
/// subject; only a published review has a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review(ReviewRecord);

/// A change of the reviews of one booking, to be stored as a whole or not at all together with the
/// ratings: a review that is published by it counts from then on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a change has no effect until it is stored"]
pub struct ReviewChange {
    /// The changed reviews. Version 1 is inserted; a later version replaces its predecessor.
    pub reviews: Vec<Review>,
    /// A review to withdraw.
    pub withdrawn: Option<Review>,
    /// Audit entry to record.
    pub audit: Option<AuditEntry>,
    /// Days within which one review of a guest counts for the rating of a property.
    pub counted_days: u32,
    /// The booking with the version that was loaded; it serializes two sides that write
    /// concurrently.
    pub booking: Option<(PropertyId, BookingId, i64)>,
    /// Notifications to send.
    pub notifications: Vec<Notification>,
}

/// Reason for which a change of a review is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// The stay is not completed, or did not last past its first midnight.
    #[error("only a completed stay that lasted past its first midnight can be reviewed")]
    NotReviewable(BookingStatus),
    /// The review period ended at this instant.
    #[error("the review period ended at {0}")]
    WindowOver(DateTime<Utc>),
    /// The review is published.
    #[error("a published review cannot be changed")]
    Published,
    /// The review is unpublished, already answered, or past its response period.
    #[error("a published review can be answered once, within its response period")]
    NotAnswerable(ResponseState),
    /// The actor may see the review but not do this.
    #[error("only the author or the addressee of the review may do this")]
    NotAllowed,
    /// Fields that are invalid.
    #[error("{0}")]
    Invalid(Violations),
}

impl Deref for Review {
    type Target = ReviewRecord;

    fn deref(&self) -> &ReviewRecord {
        &self.0
    }
}

impl Review {
    /// Writes a review for one side of a booking. If the other side's review exists, both are
    /// published.
    ///
    /// # Errors
    /// [`ReviewError`] when the actor or the time does not allow it, or fields are invalid.
    pub fn write(
        id: ReviewId,
        booking: &Booking,
        by: BookingRole,
        text: ReviewText,
        other: Option<Self>,
        now: DateTime<Utc>,
    ) -> Result<ReviewChange, ReviewError> {
        let (subject, reviewer_id, addressee_id) = match by {
            BookingRole::Guest => (Subject::Property, booking.guest_id, booking.host_id),
            BookingRole::Host => (Subject::Guest, booking.host_id, booking.guest_id),
            BookingRole::Admin | BookingRole::System => return Err(ReviewError::NotAllowed),
        };
        if !booking.is_reviewable() {
            return Err(ReviewError::NotReviewable(booking.status));
        }
        let left = booking
            .history
            .last()
            .map_or(booking.ends_at(), |entry| entry.at.min(booking.ends_at()));
        let window_ends_at =
            saturating_add(left, TimeDelta::days(booking.terms.review_days.into()));
        if now > window_ends_at {
            return Err(ReviewError::WindowOver(window_ends_at));
        }
        text.validate(subject)
            .into_result(())
            .map_err(ReviewError::Invalid)?;
        let review = Self(ReviewRecord {
            id,
            booking_id: Some(booking.id),
            property_id: booking.property_id,
            reviewer_id,
            addressee_id,
            subject,
            text,
            response: None,
            window_ends_at,
            published_at: None,
            respond_by: None,
            created_at: now,
            updated_at: now,
            version: 1,
        });
        let days = booking.terms.response_days;
        let reviews = match other {
            None => vec![review],
            // The author's earlier review was removed after both were published.
            Some(other) if other.published_at.is_some() => vec![review.publish(days, now)],
            Some(other) => vec![
                review.publish(days, now),
                other.bump_version(now).publish(days, now),
            ],
        };
        let read = (booking.property_id, booking.id, booking.version);
        Ok(ReviewChange {
            notifications: notifications(&reviews),
            reviews,
            withdrawn: None,
            audit: None,
            counted_days: booking.terms.counted_review_days,
            booking: Some(read),
        })
    }

    /// Restores a review from its stored record. Its texts are those that were accepted when they were
    /// stored, and are not judged again.
    ///
    /// # Errors
    /// [`InvalidRecord`] when the parts of the record contradict each other.
    pub fn restore(record: ReviewRecord) -> Result<Self, InvalidRecord> {
        check_review(&record)?;
        Ok(Self(record))
    }

    /// Returns the record to store.
    #[must_use]
    pub fn into_record(self) -> ReviewRecord {
        self.0
    }

    /// Returns `true` if the actor may read the review: it is public once published, before that
    /// visible to its author and admins.
    #[must_use]
    pub fn visible_to(&self, actor: Option<&Actor>) -> bool {
        self.0.published_at.is_some()
            || actor.is_some_and(|actor| actor.admin || actor.user_id == self.0.reviewer_id)
    }

    /// Returns `true` if the actor may read the private note: the author, and the addressee once
    /// the review is published.
    #[must_use]
    pub fn note_visible_to(&self, actor: Option<&Actor>) -> bool {
        actor.is_some_and(|actor| {
            let addressee = actor.user_id == self.0.addressee_id && self.0.published_at.is_some();
            addressee || actor.user_id == self.0.reviewer_id
        })
    }

    /// Replaces the content of an unpublished review, as its author.
    ///
    /// # Errors
    /// [`ReviewError`] when the actor or the time does not allow it, or fields are invalid.
    pub fn edit(
        mut self,
        actor: &Actor,
        text: ReviewText,
        now: DateTime<Utc>,
    ) -> Result<ReviewChange, ReviewError> {
        self.require_blind_author(actor, now)?;
        text.validate(self.0.subject)
            .into_result(())
            .map_err(ReviewError::Invalid)?;
        self.0.text = text;
        Ok(ReviewChange {
            reviews: vec![self.bump_version(now)],
            withdrawn: None,
            audit: None,
            counted_days: 0,
            booking: None,
            notifications: Vec::new(),
        })
    }

    /// Withdraws the review: its author before publication, an admin at any time. Another review of the
    /// guest within `counted_days` may count in its place.
    ///
    /// # Errors
    /// [`ReviewError`] when the actor or the time does not allow it, or fields are invalid.
    pub fn withdraw(
        self,
        actor: &Actor,
        counted_days: u32,
        now: DateTime<Utc>,
    ) -> Result<ReviewChange, ReviewError> {
        if !actor.admin {
            self.require_blind_author(actor, now)?;
        }
        Ok(ReviewChange {
            reviews: Vec::new(),
            withdrawn: Some(self),
            audit: None,
            counted_days,
            booking: None,
            notifications: Vec::new(),
        })
    }

    /// Adds the addressee's public response, once.
    ///
    /// # Errors
    /// [`ReviewError`] when the actor or the time does not allow it, or fields are invalid.
    pub fn respond(
        mut self,
        actor: &Actor,
        response: String,
        now: DateTime<Utc>,
    ) -> Result<ReviewChange, ReviewError> {
        if actor.user_id != self.0.addressee_id {
            return Err(ReviewError::NotAllowed);
        }
        let in_time = self.0.respond_by.is_some_and(|end| now <= end);
        if !in_time || self.0.response.is_some() {
            return Err(ReviewError::NotAnswerable(self.response_state()));
        }
        let mut found = Violations::new();
        found.text("/text", &response, 5_000);
        found.into_result(()).map_err(ReviewError::Invalid)?;
        self.0.response = Some(response);
        Ok(ReviewChange {
            reviews: vec![self.bump_version(now)],
            withdrawn: None,
            audit: None,
            counted_days: 0,
            booking: None,
            notifications: Vec::new(),
        })
    }

    /// Publishes the review when its period has ended; `None` if it is not due or already
    /// published.
    #[must_use]
    pub fn publish_after_window(
        self,
        response_days: u32,
        counted_days: u32,
        now: DateTime<Utc>,
    ) -> Option<ReviewChange> {
        if self.0.published_at.is_some() || now <= self.0.window_ends_at {
            return None;
        }
        let reviews = vec![self.bump_version(now).publish(response_days, now)];
        Some(ReviewChange {
            notifications: notifications(&reviews),
            reviews,
            withdrawn: None,
            audit: None,
            counted_days,
            booking: None,
        })
    }

    /// The state that keeps the review from being answered.
    const fn response_state(&self) -> ResponseState {
        match (&self.0.respond_by, &self.0.response) {
            (None, _) => ResponseState::Unpublished,
            (Some(_), Some(_)) => ResponseState::Answered,
            (Some(_), None) => ResponseState::Closed,
        }
    }

    fn require_blind_author(&self, actor: &Actor, now: DateTime<Utc>) -> Result<(), ReviewError> {
        if actor.user_id != self.0.reviewer_id {
            return Err(ReviewError::NotAllowed);
        }
        if self.0.published_at.is_some() || now > self.0.window_ends_at {
            return Err(ReviewError::Published);
        }
        Ok(())
    }

    fn publish(mut self, response_days: u32, now: DateTime<Utc>) -> Self {
        self.0.published_at = Some(now);
        self.0.respond_by = Some(saturating_add(now, TimeDelta::days(response_days.into())));
        self
    }

    fn bump_version(mut self, now: DateTime<Utc>) -> Self {
        self.0.updated_at = now;
        self.0.version += 1;
        self
    }
}

impl ReviewText {
    /// Returns all violations.
    #[must_use]
    pub fn validate(&self, subject: Subject) -> Violations {
        let mut found = Violations::new();
        self.scores.collect_violations(subject, &mut found);
        found.text("/public_comment", &self.public_comment, 5_000);
        if let Some(note) = &self.private_note {
            found.text("/private_note", note, 5_000);
        }
        found
    }
}

fn notifications(reviews: &[Review]) -> Vec<Notification> {
    let published = reviews
        .iter()
        .filter(|review| review.published_at.is_some());
    published
        .map(|review| Notification::ReviewPublished {
            review_id: review.id,
        })
        .collect()
}

//! A review and its moves.

use std::ops::Deref;

use chrono::{DateTime, TimeDelta, Utc};

use super::Scores;
use crate::booking::Booking;
use crate::property::words;
use crate::shared::{Actor, BookingId, Notice, Party, PropertyId, ReviewId, UserId, Violations};

words! {
    /// Whom a review is of.
    Subject {
        /// The property, by its guest.
        Property = "property",
        /// The guest, by the host.
        Guest = "guest",
    }
}

/// What a reviewer writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewText {
    /// The scores.
    pub scores: Scores,
    /// For everybody, 1–5,000 characters.
    pub public_comment: String,
    /// For the one reviewed alone, up to 5,000 characters.
    pub private_note: Option<String>,
}

/// All that is stored of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRecord {
    /// Its id.
    pub id: ReviewId,
    /// The booking; none for reviews imported from elsewhere.
    pub booking_id: Option<BookingId>,
    /// The property stayed at.
    pub property_id: PropertyId,
    /// Who wrote it.
    pub reviewer_id: UserId,
    /// Who is told of it: the host, or the guest.
    pub addressee_id: UserId,
    /// Whom it is of.
    pub subject: Subject,
    /// What it says.
    pub text: ReviewText,
    /// The addressee's one public answer.
    pub response: Option<String>,
    /// When the window for writing and editing ends, and it shows at the latest.
    pub window_ends_at: DateTime<Utc>,
    /// Since when everybody sees it.
    pub published_at: Option<DateTime<Utc>>,
    /// Until when it may be answered.
    pub respond_by: Option<DateTime<Utc>>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Counts its changes; the first stored version is 1.
    pub version: i64,
}

/// A review. Its record can be read by everyone and changed only by its own moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review(ReviewRecord);

/// A decision about reviews of one booking, to be stored whole or not at all, with the ratings that it changes:
/// a review that becomes published in it counts from then on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewChange {
    /// The reviews as they are to be. Version 1 is inserted; a later version replaces the one before it.
    pub reviews: Vec<Review>,
    /// A blind review that is withdrawn.
    pub withdrawn: Option<Review>,
    /// The booking as it was read: two sides that write at once meet at its version.
    pub booking: Option<(PropertyId, BookingId, i64)>,
    /// Whom to tell.
    pub notices: Vec<Notice>,
}

/// Why a review cannot be moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// The stay has not completed.
    #[error("only a completed stay can be reviewed")]
    NotReviewable,
    /// The window is over.
    #[error("reviews could be written until {0}")]
    WindowOver(DateTime<Utc>),
    /// It is published.
    #[error("a published review is not changed")]
    Published,
    /// It is not published yet, or was answered, or the time for answers is over.
    #[error("a review is answered once, within its time, by the one reviewed")]
    NotAnswerable,
    /// This one may see it, but not do this.
    #[error("this is for another to do")]
    NotAllowed,
    /// These fields are wrong.
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
    /// A side of a booking writes. When the other side has written already, both are published.
    ///
    /// # Errors
    /// [`ReviewError`].
    pub fn write(
        id: ReviewId,
        booking: &Booking,
        by: Party,
        text: ReviewText,
        other: Option<Self>,
        now: DateTime<Utc>,
    ) -> Result<ReviewChange, ReviewError> {
        let (subject, reviewer_id, addressee_id) = match by {
            Party::Guest => (Subject::Property, booking.guest_id, booking.host_id),
            Party::Host => (Subject::Guest, booking.host_id, booking.guest_id),
            Party::Admin | Party::System => return Err(ReviewError::NotAllowed),
        };
        if !booking.is_reviewable() {
            return Err(ReviewError::NotReviewable);
        }
        let left = booking
            .history
            .last()
            .map_or(booking.ends_at(), |entry| entry.at.min(booking.ends_at()));
        let window_ends_at = left + TimeDelta::days(booking.terms.review_days.into());
        if now > window_ends_at {
            return Err(ReviewError::WindowOver(window_ends_at));
        }
        text.violations(subject)
            .or(())
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
            Some(other) => vec![
                review.publish(days, now),
                other.next(now).publish(days, now),
            ],
        };
        let read = (booking.property_id, booking.id, booking.version);
        Ok(ReviewChange {
            notices: notices(&reviews),
            reviews,
            withdrawn: None,
            booking: Some(read),
        })
    }

    /// The review as it was stored.
    #[must_use]
    pub const fn restore(record: ReviewRecord) -> Self {
        Self(record)
    }

    /// The record, to be stored.
    #[must_use]
    pub fn into_record(self) -> ReviewRecord {
        self.0
    }

    /// Whether this asker may read it: everybody once it is published, before that its author and operators.
    #[must_use]
    pub fn visible_to(&self, actor: Option<&Actor>) -> bool {
        self.0.published_at.is_some()
            || actor.is_some_and(|actor| actor.admin || actor.user_id == self.0.reviewer_id)
    }

    /// Whether this asker may read the private note: its author, and the addressee once it is published.
    #[must_use]
    pub fn note_visible_to(&self, actor: Option<&Actor>) -> bool {
        actor.is_some_and(|actor| {
            let addressee = actor.user_id == self.0.addressee_id && self.0.published_at.is_some();
            addressee || actor.user_id == self.0.reviewer_id
        })
    }

    /// Its author edits it while it is blind.
    ///
    /// # Errors
    /// [`ReviewError`].
    pub fn edit(
        mut self,
        actor: &Actor,
        text: ReviewText,
        now: DateTime<Utc>,
    ) -> Result<ReviewChange, ReviewError> {
        self.require_blind_author(actor, now)?;
        text.violations(self.0.subject)
            .or(())
            .map_err(ReviewError::Invalid)?;
        self.0.text = text;
        Ok(ReviewChange {
            reviews: vec![self.next(now)],
            withdrawn: None,
            booking: None,
            notices: Vec::new(),
        })
    }

    /// Its author takes it back while it is blind; an operator removes it at any time.
    ///
    /// # Errors
    /// [`ReviewError`].
    pub fn withdraw(self, actor: &Actor, now: DateTime<Utc>) -> Result<ReviewChange, ReviewError> {
        if !actor.admin {
            self.require_blind_author(actor, now)?;
        }
        Ok(ReviewChange {
            reviews: Vec::new(),
            withdrawn: Some(self),
            booking: None,
            notices: Vec::new(),
        })
    }

    /// The one reviewed answers, once, in public.
    ///
    /// # Errors
    /// [`ReviewError`].
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
            return Err(ReviewError::NotAnswerable);
        }
        let mut found = Violations::new();
        found.text("/text", &response, 5_000);
        found.or(()).map_err(ReviewError::Invalid)?;
        self.0.response = Some(response);
        Ok(ReviewChange {
            reviews: vec![self.next(now)],
            withdrawn: None,
            booking: None,
            notices: Vec::new(),
        })
    }

    /// Its window is over: it shows. Nothing is to be done when it shows already.
    #[must_use]
    pub fn window_over(self, response_days: u32, now: DateTime<Utc>) -> Option<ReviewChange> {
        if self.0.published_at.is_some() || now <= self.0.window_ends_at {
            return None;
        }
        let reviews = vec![self.next(now).publish(response_days, now)];
        Some(ReviewChange {
            notices: notices(&reviews),
            reviews,
            withdrawn: None,
            booking: None,
        })
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
        self.0.respond_by = Some(now + TimeDelta::days(response_days.into()));
        self
    }

    fn next(mut self, now: DateTime<Utc>) -> Self {
        self.0.updated_at = now;
        self.0.version += 1;
        self
    }
}

impl ReviewText {
    /// Everything that is wrong with it.
    #[must_use]
    pub fn violations(&self, subject: Subject) -> Violations {
        let mut found = Violations::new();
        self.scores.check(subject, &mut found);
        found.text("/public_comment", &self.public_comment, 5_000);
        if let Some(note) = &self.private_note {
            found.text("/private_note", note, 5_000);
        }
        found
    }
}

fn notices(reviews: &[Review]) -> Vec<Notice> {
    let published = reviews
        .iter()
        .filter(|review| review.published_at.is_some());
    published
        .map(|review| Notice::ReviewPublished {
            review_id: review.id,
        })
        .collect()
}

//! How a booking begins, and what time alone does to it.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use super::{
    Booking, BookingChange, BookingRecord, Command, HistoryEntry, MoveError, NewBooking, NightsChange, Status,
};
use crate::property::{ClaimKind, NightClaim, Property};
use crate::shared::{MarketplaceTerms, Party, instant_of};

impl Booking {
    /// A new booking whose nights are held until it is paid. Whether the stay can be booked is asked before, of
    /// [`super::refusals`]; that its nights are free is proved again when the change is stored.
    ///
    /// # Errors
    /// [`MoveError::NotBookable`] when the property has no zone: a draft.
    pub fn hold(
        property: &Property,
        new: NewBooking,
        terms: &MarketplaceTerms,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let details = &property.details;
        let booking = Self(BookingRecord {
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
            terms: terms.clone(),
            mode: details.booking_mode,
            zone: details.time_zone.ok_or(MoveError::NotBookable)?,
            check_in_from: details.stay_rules.check_in_from,
            check_out_until: details.stay_rules.check_out_until,
            message: new.message,
            payment_id: None,
            requested_at: None,
            confirmation: None,
            cancellation: None,
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
        });
        let claims = booking.claims();
        Ok(BookingChange::of(booking, NightsChange::Claim(claims)))
    }

    /// The nights that a held booking claims, in ascending order: the stay's and the preparation's.
    #[must_use]
    pub fn claims(&self) -> Vec<NightClaim> {
        let claim = |kind| move |night| NightClaim { night, kind, booking_id: Some(self.id) };
        let nights = self.stay.dates().map(claim(ClaimKind::Held));
        nights
            .chain(self.stay.nights_after(self.preparation_nights).map(claim(ClaimKind::Preparation)))
            .collect()
    }

    /// Until when the nights are held for payment.
    #[must_use]
    pub fn hold_expires_at(&self) -> Option<DateTime<Utc>> {
        let end = self.created_at + TimeDelta::minutes(self.terms.hold_minutes.into());
        (self.status == Status::PendingPayment).then_some(end)
    }

    /// Until when the host has to answer.
    #[must_use]
    pub fn respond_by(&self) -> Option<DateTime<Utc>> {
        let asked = self.requested_at.filter(|_| self.status == Status::AwaitingHost)?;
        Some(asked + TimeDelta::hours(self.terms.request_hours.into()))
    }

    /// The check-out time of the last day.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        instant_of(self.zone, self.stay.check_out(), self.check_out_until)
    }

    /// The next instant at which time alone moves it; none when it has ended. A confirmed stay is over at its
    /// check-out time; one that was checked in, when the day after begins.
    #[must_use]
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        match self.status {
            Status::PendingPayment => self.hold_expires_at(),
            Status::AwaitingHost => self.respond_by(),
            Status::Confirmed => Some(self.ends_at()),
            Status::CheckedIn => {
                let day_after = self.stay.check_out().checked_add_days(Days::new(1))?;
                Some(instant_of(self.zone, day_after, NaiveTime::MIN))
            }
            _ => None,
        }
    }

    /// Time is over for the state it is in: a hold or request expires, a stay completes.
    ///
    /// # Errors
    /// [`MoveError`]: it is not due, or has ended.
    pub fn time_out(self, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        match self.due_at() {
            None => return Err(MoveError::WrongState { status: self.status, command: Command::TimeOut }),
            Some(due) if now < due => return Err(MoveError::TooEarly { from: due }),
            Some(_) => {}
        }
        let nights = match self.status {
            Status::PendingPayment | Status::AwaitingHost => NightsChange::Release(self.stay.check_in()),
            _ => NightsChange::Keep,
        };
        let booking = self.step(Command::TimeOut, Party::System, None, now)?;
        Ok(BookingChange::of(booking, nights))
    }

    /// The one way in which a booking's status changes: along an arrow of the table.
    pub(super) fn step(
        mut self,
        command: Command,
        by: Party,
        reason: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, MoveError> {
        if !super::may_ever(command, by) {
            return Err(MoveError::NotAllowed);
        }
        let from = self.0.status;
        let to = super::target(from, command, by).ok_or(MoveError::WrongState { status: from, command })?;
        self.0.status = to;
        self.0.history.push(HistoryEntry { at: now, from: Some(from), to, by, reason });
        self.0.updated_at = now;
        self.0.version += 1;
        Ok(self)
    }
}

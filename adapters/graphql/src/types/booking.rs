//! Bookings.

use async_graphql::{Context, Object, SimpleObject};
use sojourn_application::booking::{BookingView, CancellationView, GuestView};
use sojourn_domain::booking;
use sojourn_domain::shared;

use super::alteration::PendingAlteration;
use super::payment::Payment;
use super::price::PriceLine;
use super::profile::{Profile, profile_of};
use super::property::{Property, property_of};
use super::review::Review;
use crate::context::{ApiResult, CallExt};
use crate::scalars::{BookingParty, BookingStatus, Date, Id, Instant, Money, RefundPolicy};

/// A booking in the view of the caller.
pub(crate) struct Booking(BookingView);

impl From<BookingView> for Booking {
    fn from(view: BookingView) -> Self {
        Self(view)
    }
}

/// Number of guests by kind.
#[derive(SimpleObject)]
pub(crate) struct Guests {
    /// Number of adults.
    adults: u32,
    /// Number of children aged 2 to 12.
    children: u32,
    /// Number of infants under 2; not counted in limits and prices.
    infants: u32,
    /// Number of pets.
    pets: u32,
}

impl From<shared::Guests> for Guests {
    fn from(guests: shared::Guests) -> Self {
        Self {
            adults: guests.adults(),
            children: guests.children(),
            infants: guests.infants(),
            pets: guests.pets(),
        }
    }
}

/// A guest in the view of the host. All but the first name is null until the booking is confirmed.
#[derive(SimpleObject)]
pub(crate) struct Guest {
    /// Given name.
    first_name: String,
    /// Family name; null until confirmed.
    last_name: Option<String>,
    /// Email address; null until confirmed.
    email: Option<String>,
    /// Telephone number; null until confirmed.
    phone: Option<String>,
}

impl From<&GuestView> for Guest {
    fn from(guest: &GuestView) -> Self {
        Self {
            first_name: guest.first_name.clone(),
            last_name: guest.last_name.clone(),
            email: guest.email.clone(),
            phone: guest.phone.clone(),
        }
    }
}

/// Cancellation of a booking.
#[derive(SimpleObject)]
pub(crate) struct Cancellation {
    /// Party that cancelled.
    by: BookingParty,
    /// Time of the cancellation.
    at: Instant,
    /// Reason given by that party.
    reason: Option<String>,
    /// Amount refunded to the guest.
    refund: Money,
    /// Fee charged to the host; null for anyone but the host and operators.
    host_fee: Option<Money>,
}

impl From<&CancellationView> for Cancellation {
    fn from(cancellation: &CancellationView) -> Self {
        Self {
            by: cancellation.by.into(),
            at: cancellation.at.into(),
            reason: cancellation.reason.clone(),
            refund: cancellation.refund.into(),
            host_fee: cancellation.host_fee.map(Into::into),
        }
    }
}

/// A status change of a booking.
#[derive(SimpleObject)]
pub(crate) struct HistoryEntry {
    /// Time of the change.
    at: Instant,
    /// Previous status; null on the first entry.
    from: Option<BookingStatus>,
    /// New status.
    to: BookingStatus,
    /// Party that made the change.
    by: BookingParty,
    /// Reason of the change.
    reason: Option<String>,
}

impl From<&booking::HistoryEntry> for HistoryEntry {
    fn from(entry: &booking::HistoryEntry) -> Self {
        Self {
            at: entry.at.into(),
            from: entry.from.map(Into::into),
            to: entry.to.into(),
            by: entry.by.into(),
            reason: entry.reason.clone(),
        }
    }
}

/// A booking.
#[Object]
impl Booking {
    /// Id of the booking.
    async fn id(&self) -> Id {
        self.0.id.into()
    }

    /// Id of the property.
    async fn property_id(&self) -> Id {
        self.0.property_id.into()
    }

    /// The property; null if it is deleted or the caller may no longer see it.
    async fn property(&self, ctx: &Context<'_>) -> ApiResult<Option<Property>> {
        property_of(ctx, self.0.property_id).await
    }

    /// Id of the host.
    async fn host_id(&self) -> Id {
        self.0.host_id.into()
    }

    /// The host; null if the account is closed.
    async fn host(&self, ctx: &Context<'_>) -> ApiResult<Option<Profile>> {
        profile_of(ctx, self.0.host_id).await
    }

    /// Id of the guest.
    async fn guest_id(&self) -> Id {
        self.0.guest_id.into()
    }

    /// Public profile of the guest; null if the account is closed.
    async fn guest_profile(&self, ctx: &Context<'_>) -> ApiResult<Option<Profile>> {
        profile_of(ctx, self.0.guest_id).await
    }

    /// Names and contacts of the guest; null for anyone but the host and operators.
    async fn guest(&self) -> Option<Guest> {
        self.0.guest.as_ref().map(Into::into)
    }

    /// Check-in date.
    async fn check_in(&self) -> Date {
        self.0.stay.check_in().into()
    }

    /// Check-out date.
    async fn check_out(&self) -> Date {
        self.0.stay.check_out().into()
    }

    /// Number of nights.
    async fn nights(&self) -> u32 {
        self.0.stay.nights()
    }

    /// Number of guests.
    async fn guests(&self) -> Guests {
        self.0.guests.into()
    }

    /// Status of the booking.
    async fn status(&self) -> BookingStatus {
        self.0.status.into()
    }

    /// Confirmation code of ten characters; null until confirmed.
    async fn confirmation_code(&self) -> Option<&str> {
        self.0.confirmation_code.as_deref()
    }

    /// Price lines.
    async fn lines(&self) -> Vec<PriceLine> {
        self.0.price.lines.iter().map(Into::into).collect()
    }

    /// Total price for the guest.
    async fn total(&self) -> Money {
        self.0.price.total.into()
    }

    /// Amount paid out to the host; null for the guest.
    async fn host_payout(&self) -> Option<Money> {
        self.0.price.host_payout.map(Into::into)
    }

    /// Cancellation policy.
    async fn cancellation_policy(&self) -> RefundPolicy {
        self.0.policy.into()
    }

    /// Payment deadline of the hold.
    async fn hold_expires_at(&self) -> Option<Instant> {
        self.0.hold_expires_at.map(Into::into)
    }

    /// Deadline for the host's answer.
    async fn respond_by(&self) -> Option<Instant> {
        self.0.respond_by.map(Into::into)
    }

    /// Id of the payment, if any.
    async fn payment_id(&self) -> Option<Id> {
        self.0.payment_id.map(Into::into)
    }

    /// The payment, if any.
    async fn payment(&self, ctx: &Context<'_>) -> ApiResult<Option<Payment>> {
        let Some(id) = self.0.payment_id else {
            return Ok(None);
        };
        let found = ctx.call().loaders.payments.load(id).await?;
        Ok(found.map(Into::into))
    }

    /// The review that the caller wrote of the stay, if any.
    async fn own_review(&self, ctx: &Context<'_>) -> ApiResult<Option<Review>> {
        let found = ctx.call().loaders.own_reviews.load(self.0.id).await?;
        Ok(found.map(Into::into))
    }

    /// The guest's message to the host.
    async fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// Details of the cancellation; null unless cancelled.
    async fn cancellation(&self) -> Option<Cancellation> {
        self.0.cancellation.as_ref().map(Into::into)
    }

    /// Pending alteration, if any.
    async fn alteration(&self) -> Option<PendingAlteration> {
        self.0.alteration.as_ref().map(Into::into)
    }

    /// Status changes in chronological order.
    async fn history(&self) -> Vec<HistoryEntry> {
        self.0.history.iter().map(Into::into).collect()
    }

    /// Version, incremented by every change.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Time of creation.
    async fn created_at(&self) -> Instant {
        self.0.created_at.into()
    }

    /// Time of the last change.
    async fn updated_at(&self) -> Instant {
        self.0.updated_at.into()
    }
}

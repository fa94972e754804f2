//! Enums of bookings and their prices.

use async_graphql::Enum;
use sojourn_application::ports;
use sojourn_domain as domain;

/// State of a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::booking::BookingStatus")]
pub(crate) enum BookingStatus {
    /// Nights are held until payment.
    PendingPayment,
    /// Payment is authorized; the host must answer.
    AwaitingHost,
    /// Paid and confirmed.
    Confirmed,
    /// The guests have checked in.
    CheckedIn,
    /// The stay is over.
    Completed,
    /// Cancelled by the guest, the host or an admin.
    Cancelled,
    /// Declined by the host.
    Declined,
    /// Expired without payment or answer.
    Expired,
    /// The guests did not arrive.
    NoShow,
}

/// Part of the calendar that stays are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "ports::Period")]
pub(crate) enum BookingPeriod {
    /// Check-out is today or later, at the property.
    Upcoming,
    /// Check-out was before today, at the property.
    Past,
}

/// Sort order of bookings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "ports::BookingSort")]
pub(crate) enum BookingSort {
    /// Last created first.
    Newest,
    /// Earliest check-in first.
    CheckIn,
    /// Latest check-in first.
    CheckInDescending,
}

/// Kind of a price line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::booking::LineKind", name = "PriceLineKind")]
pub(crate) enum PriceLineKind {
    /// Nights at the same price.
    Nights,
    /// Discount for a long stay.
    LengthOfStayDiscount,
    /// Discount for booking early.
    EarlyBirdDiscount,
    /// Discount for booking late.
    LastMinuteDiscount,
    /// Discount for the non-refundable rate.
    NonRefundableDiscount,
    /// Cleaning fee per stay.
    CleaningFee,
    /// Fee for guests above the included number.
    ExtraGuestFee,
    /// Pet fee per stay.
    PetFee,
    /// Service fee that the guest pays to the marketplace.
    ServiceFee,
    /// A tax.
    Tax,
}

/// Rate plan chosen by the guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::booking::RatePlan")]
pub(crate) enum RatePlan {
    /// The property's cancellation policy applies.
    Standard,
    /// Discounted and non-refundable.
    NonRefundable,
}

/// Refund policy for cancellations by the guest: a schedule of deadlines before the check-in
/// time, in the property's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::booking::RefundPolicy")]
pub(crate) enum RefundPolicy {
    /// Full refund until 24 hours before; then the host keeps the nights stayed and one more.
    Flexible,
    /// Full refund until 5 days before; then the host keeps the nights stayed, one more, and
    /// half of the others.
    Moderate,
    /// Full refund until 14 days before, half until 7 days before.
    Limited,
    /// Full refund until 30 days before, half until 7 days before.
    Firm,
    /// Half refund until 7 days before.
    Strict,
    /// Half refund until 30 days before; no grace period.
    #[graphql(name = "SUPER_STRICT_30")]
    SuperStrict30,
    /// Half refund until 60 days before; no grace period.
    #[graphql(name = "SUPER_STRICT_60")]
    SuperStrict60,
    /// No refund at any time; the guest chose the non-refundable rate.
    NonRefundable,
    /// Full refund until 30 days before; then the host keeps the first 30 nights, in mid-stay
    /// the next 30.
    LongTermFirm,
    /// Full refund within 48 hours of booking and at least 28 days before; then as
    /// LongTermFirm.
    LongTermStrict,
}

/// The side that accepts an alteration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::booking::AcceptedBy")]
pub(crate) enum AcceptedBy {
    /// It applies without an answer: before payment, or at an instant property when it costs
    /// the host nothing.
    Instant,
    /// The host must accept the guest's proposal.
    Host,
    /// The guest must accept the host's proposal.
    Guest,
}

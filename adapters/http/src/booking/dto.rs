//! Bookings as JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sojourn_application::booking::{BookingView, CancellationView, GuestView};
use sojourn_domain::booking::{BookingStatus, HistoryEntry};
use sojourn_domain::shared::{BookingId, BookingRole, PaymentId, PropertyId, UserId};
use utoipa::ToSchema;

use super::alteration::AlterationDto;
use crate::payment::PaymentDto;
use crate::property::PropertyDto;
use crate::wire::enums::{BookingStatusSchema, RefundPolicySchema};
use crate::wire::money::MoneyDto;
use crate::wire::party::PartySchema;
use crate::wire::price_line::LineDto;
use crate::wire::profile::PublicUserViewDto;
use crate::wire::stay::GuestsDto;

/// A booking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Booking)]
pub struct BookingDto {
    /// Id of the booking.
    #[schema(value_type = String, format = "uuid")]
    pub id: BookingId,
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// Id of the host.
    #[schema(value_type = String, format = "uuid")]
    pub host_id: UserId,
    /// Id of the guest.
    #[schema(value_type = String, format = "uuid")]
    pub guest_id: UserId,
    /// The guest, visible to the host and operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub guest: Option<GuestDto>,
    /// Check-in date.
    #[schema(value_type = String, format = Date)]
    pub check_in: NaiveDate,
    /// Check-out date.
    #[schema(value_type = String, format = Date)]
    pub check_out: NaiveDate,
    /// Number of nights.
    pub nights: u32,
    /// Number of guests.
    pub guests: GuestsDto,
    /// Status of the booking.
    #[schema(value_type = BookingStatusSchema)]
    pub status: &'static str,
    /// Confirmation code of ten characters; null until confirmed.
    pub confirmation_code: Option<String>,
    /// Price lines.
    pub lines: Vec<LineDto>,
    /// Total price for the guest.
    pub total: MoneyDto,
    /// Amount paid out to the host; visible to the host and operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host_payout: Option<MoneyDto>,
    /// Cancellation policy.
    #[schema(value_type = RefundPolicySchema)]
    pub cancellation_policy: &'static str,
    /// Payment deadline of the hold (UTC).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub hold_expires_at: Option<DateTime<Utc>>,
    /// Deadline for the host's answer (UTC).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub respond_by: Option<DateTime<Utc>>,
    /// Id of the payment, if any.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub payment_id: Option<PaymentId>,
    /// The guest's message to the host.
    pub message: Option<String>,
    /// Details of the cancellation; absent unless cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cancellation: Option<CancellationDto>,
    /// Pending alteration, if any.
    pub alteration: Option<AlterationDto>,
    /// Status changes in chronological order.
    pub history: Vec<HistoryEntryDto>,
    /// Version, incremented by every change.
    pub version: i64,
    /// Time of creation (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
    /// Time of the last change (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: DateTime<Utc>,
    /// The host, with `expand=host`; absent if the account is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host: Option<PublicUserViewDto>,
    /// Public profile of the guest, with `expand=guest`; absent if the account is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub guest_profile: Option<PublicUserViewDto>,
    /// The property, with `expand=property`; absent if the caller may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub property: Option<Box<PropertyDto>>,
    /// The payment, with `expand=payment`; absent if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub payment: Option<PaymentDto>,
}

/// A guest in the view of the host. All but the first name is null until the booking is confirmed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BookingGuest)]
pub struct GuestDto {
    /// Given name.
    pub first_name: String,
    /// Family name; null until confirmed.
    pub last_name: Option<String>,
    /// Email address; null until confirmed.
    pub email: Option<String>,
    /// Telephone number; null until confirmed.
    pub phone: Option<String>,
}

/// Cancellation of a booking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cancellation)]
pub struct CancellationDto {
    /// Party that cancelled.
    #[schema(value_type = PartySchema)]
    pub by: BookingRole,
    /// Time of the cancellation (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Reason given by that party.
    pub reason: Option<String>,
    /// Amount refunded to the guest.
    pub refund: MoneyDto,
    /// Fee charged to the host; visible to the host and operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host_fee: Option<MoneyDto>,
}

/// A status change of a booking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BookingStatusChange)]
pub struct HistoryEntryDto {
    /// Time of the change (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Previous status; null on the first entry.
    #[schema(value_type = Option<BookingStatusSchema>)]
    pub from: Option<&'static str>,
    /// New status.
    #[schema(value_type = BookingStatusSchema)]
    pub to: &'static str,
    /// Party that made the change.
    #[schema(value_type = PartySchema)]
    pub by: BookingRole,
    /// Reason of the change.
    pub reason: Option<String>,
}

/// A page of bookings.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingList {
    /// Items on this page.
    pub data: Vec<BookingDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

impl From<&GuestView> for GuestDto {
    fn from(guest: &GuestView) -> Self {
        Self {
            first_name: guest.first_name.clone(),
            last_name: guest.last_name.clone(),
            email: guest.email.clone(),
            phone: guest.phone.clone(),
        }
    }
}

impl From<&CancellationView> for CancellationDto {
    fn from(cancellation: &CancellationView) -> Self {
        Self {
            by: cancellation.by,
            at: cancellation.at,
            reason: cancellation.reason.clone(),
            refund: cancellation.refund.into(),
            host_fee: cancellation.host_fee.map(Into::into),
        }
    }
}

impl From<&HistoryEntry> for HistoryEntryDto {
    fn from(entry: &HistoryEntry) -> Self {
        Self {
            at: entry.at,
            from: entry.from.map(BookingStatus::as_str),
            to: entry.to.as_str(),
            by: entry.by,
            reason: entry.reason.clone(),
        }
    }
}

impl From<&BookingView> for BookingDto {
    fn from(booking: &BookingView) -> Self {
        Self {
            id: booking.id,
            property_id: booking.property_id,
            host_id: booking.host_id,
            guest_id: booking.guest_id,
            guest: booking.guest.as_ref().map(Into::into),
            check_in: booking.stay.check_in(),
            check_out: booking.stay.check_out(),
            nights: booking.stay.nights(),
            guests: booking.guests.into(),
            status: booking.status.as_str(),
            confirmation_code: booking.confirmation_code.clone(),
            lines: booking.price.lines.iter().map(Into::into).collect(),
            total: booking.price.total.into(),
            host_payout: booking.price.host_payout.map(Into::into),
            cancellation_policy: booking.policy.as_str(),
            hold_expires_at: booking.hold_expires_at,
            respond_by: booking.respond_by,
            payment_id: booking.payment_id,
            message: booking.message.clone(),
            cancellation: booking.cancellation.as_ref().map(Into::into),
            alteration: booking.alteration.as_ref().map(Into::into),
            history: booking.history.iter().map(Into::into).collect(),
            version: booking.version,
            created_at: booking.created_at,
            updated_at: booking.updated_at,
            host: None,
            guest_profile: None,
            property: None,
            payment: None,
        }
    }
}

//! A booking as the API shows it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sojourn_application::booking::BookingView;
use sojourn_domain::booking::{Booking, Cancellation, HistoryEntry, Status};
use sojourn_domain::shared::{BookingId, Party, PaymentId, PropertyId, UserId};
use sojourn_domain::user::User;
use utoipa::ToSchema;

use super::alteration_dto::AlterationDto;
use crate::money_dto::MoneyDto;
use crate::property::{BookingStatusWord, GuestsDto, LineDto, RefundPolicyWord};

/// A booking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Booking)]
pub struct BookingDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: BookingId,
    /// The property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// The property's host.
    #[schema(value_type = String, format = "uuid")]
    pub host_id: UserId,
    /// Who stays.
    #[schema(value_type = String, format = "uuid")]
    pub guest_id: UserId,
    /// The guest, as the host sees them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub guest: Option<GuestDto>,
    /// Day of arrival.
    #[schema(value_type = String, format = Date)]
    pub check_in: NaiveDate,
    /// Day of departure.
    #[schema(value_type = String, format = Date)]
    pub check_out: NaiveDate,
    /// How many nights.
    pub nights: u32,
    /// Who comes along.
    pub guests: GuestsDto,
    /// Where it is in its life.
    #[schema(value_type = BookingStatusWord)]
    pub status: &'static str,
    /// Ten characters to name it by at the door, once it is confirmed.
    pub confirmation_code: Option<String>,
    /// The lines of its price.
    pub lines: Vec<LineDto>,
    /// What the guest pays.
    pub total: MoneyDto,
    /// What the host gets.
    pub host_payout: MoneyDto,
    /// What comes back on cancellation.
    #[schema(value_type = RefundPolicyWord)]
    pub cancellation_policy: &'static str,
    /// Until when it can be paid.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub hold_expires_at: Option<DateTime<Utc>>,
    /// Until when the host has to answer.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub respond_by: Option<DateTime<Utc>>,
    /// Its payment, once there is one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub payment_id: Option<PaymentId>,
    /// The guest's first words to the host.
    pub message: Option<String>,
    /// How it was called off.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cancellation: Option<CancellationDto>,
    /// A change of it that is not settled yet.
    pub alteration: Option<AlterationDto>,
    /// Every step of its life.
    pub history: Vec<HistoryEntryDto>,
    /// Counts its changes.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: DateTime<Utc>,
}

/// The guest as the host sees them: a first name, and contacts once the booking is confirmed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Guest)]
pub struct GuestDto {
    /// Given name.
    pub first_name: String,
    /// Family name, once confirmed.
    pub last_name: Option<String>,
    /// Address, once confirmed.
    pub email: Option<String>,
    /// Telephone number, once confirmed.
    pub phone: Option<String>,
}

/// How a booking was called off.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cancellation)]
pub struct CancellationDto {
    /// By whom.
    #[schema(value_type = PartyWord)]
    pub by: Party,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
    /// What comes back to the guest.
    pub refund: MoneyDto,
    /// What the host pays for it; shown to host and operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host_fee: Option<MoneyDto>,
}

/// One step of a booking's life.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HistoryEntry)]
pub struct HistoryEntryDto {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// From where; null on the first.
    #[schema(value_type = Option<BookingStatusWord>)]
    pub from: Option<&'static str>,
    /// To where.
    #[schema(value_type = BookingStatusWord)]
    pub to: &'static str,
    /// Who did it.
    #[schema(value_type = PartyWord)]
    pub by: Party,
    /// Why.
    pub reason: Option<String>,
}

/// As what somebody acts on a booking.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Party)]
#[expect(
    dead_code,
    reason = "it is the schema of the domain's Party and never built"
)]
pub enum PartyWord {
    /// Who stays.
    Guest,
    /// Who lets.
    Host,
    /// An operator.
    Admin,
    /// Time, or the marketplace itself.
    System,
}

/// A page of bookings.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingList {
    /// The rows.
    pub data: Vec<BookingDto>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

impl GuestDto {
    fn of(guest: &User, booking: &Booking) -> Self {
        let known = booking.confirmation.is_some();
        Self {
            first_name: guest.profile.first_name.clone(),
            last_name: known.then(|| guest.profile.last_name.clone()),
            email: known.then(|| guest.email.to_string()),
            phone: guest.profile.phone.clone().filter(|_| known),
        }
    }
}

impl CancellationDto {
    fn seen_by(party: Party, cancellation: &Cancellation) -> Self {
        let fee = cancellation
            .host_fee
            .filter(|_| matches!(party, Party::Host | Party::Admin));
        Self {
            by: cancellation.by,
            at: cancellation.at,
            reason: cancellation.reason.clone(),
            refund: cancellation.refund.refund.into(),
            host_fee: fee.map(Into::into),
        }
    }
}

impl From<&HistoryEntry> for HistoryEntryDto {
    fn from(entry: &HistoryEntry) -> Self {
        Self {
            at: entry.at,
            from: entry.from.map(Status::as_str),
            to: entry.to.as_str(),
            by: entry.by,
            reason: entry.reason.clone(),
        }
    }
}

impl From<&BookingView> for BookingDto {
    fn from(view: &BookingView) -> Self {
        Self::seen_by(view.party, &view.booking, view.guest.as_ref())
    }
}

impl BookingDto {
    /// The booking as one side sees it.
    pub fn seen_by(party: Party, booking: &Booking, guest: Option<&User>) -> Self {
        Self {
            id: booking.id,
            property_id: booking.property_id,
            host_id: booking.host_id,
            guest_id: booking.guest_id,
            guest: guest
                .filter(|_| party != Party::Guest)
                .map(|guest| GuestDto::of(guest, booking)),
            check_in: booking.stay.check_in(),
            check_out: booking.stay.check_out(),
            nights: booking.stay.nights(),
            guests: booking.guests.into(),
            status: booking.status.as_str(),
            confirmation_code: booking.confirmation.as_ref().map(|it| it.code.clone()),
            lines: booking.price.lines.iter().map(Into::into).collect(),
            total: booking.price.total.into(),
            host_payout: booking.price.host_payout.into(),
            cancellation_policy: booking.policy.as_str(),
            hold_expires_at: booking.hold_expires_at(),
            respond_by: booking.respond_by(),
            payment_id: booking.payment_id,
            message: booking.message.clone(),
            cancellation: booking
                .cancellation
                .as_ref()
                .map(|it| CancellationDto::seen_by(party, it)),
            alteration: booking
                .alteration
                .as_ref()
                .and_then(|it| AlterationDto::of(it, &booking.price)),
            history: booking.history.iter().map(Into::into).collect(),
            version: booking.version,
            created_at: booking.created_at,
            updated_at: booking.updated_at,
        }
    }
}

//! Bookings as their viewers may see them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{
    Alteration, Booking, BookingStatus, Cancellation, HistoryEntry, Price, PriceLine, RefundPolicy,
};
use sojourn_domain::shared::{
    Actor, BookingId, BookingRole, Guests, Money, Page, PaymentId, PropertyId, RepositoryError,
    Stay, UserId,
};
use sojourn_domain::user::User;

use crate::ports::Ports;

/// A booking as seen by one of its parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingView {
    /// Id of the booking.
    pub id: BookingId,
    /// The viewer's role in the booking.
    pub party: BookingRole,
    /// The property.
    pub property_id: PropertyId,
    /// The host.
    pub host_id: UserId,
    /// The guest's account.
    pub guest_id: UserId,
    /// The guest; for the host and operators only.
    pub guest: Option<GuestView>,
    /// The stay.
    pub stay: Stay,
    /// The number of guests by kind.
    pub guests: Guests,
    /// Status.
    pub status: BookingStatus,
    /// Confirmation code, once confirmed.
    pub confirmation_code: Option<String>,
    /// Agreed price.
    pub price: PriceView,
    /// Refund policy in force.
    pub policy: RefundPolicy,
    /// Payment deadline of the hold (UTC).
    pub hold_expires_at: Option<DateTime<Utc>>,
    /// Deadline for the host's answer (UTC).
    pub respond_by: Option<DateTime<Utc>>,
    /// Its payment, once there is one.
    pub payment_id: Option<PaymentId>,
    /// The guest's first message to the host.
    pub message: Option<String>,
    /// Cancellation, if cancelled.
    pub cancellation: Option<CancellationView>,
    /// Open alteration, if any.
    pub alteration: Option<AlterationView>,
    /// All transitions, in order.
    pub history: Vec<HistoryEntry>,
    /// Version.
    pub version: i64,
    /// Time of creation (UTC).
    pub created_at: DateTime<Utc>,
    /// Time of the last change (UTC).
    pub updated_at: DateTime<Utc>,
}

/// A guest in the view of the host. All but the first name is `None` until the booking is confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestView {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: Option<String>,
    /// Email address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// The price of a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceView {
    /// Price lines.
    pub lines: Vec<PriceLine>,
    /// Amount that the guest pays.
    pub total: Money,
    /// Amount that the host receives; for the host and operators only.
    pub host_payout: Option<Money>,
}

/// The cancellation of a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancellationView {
    /// Role that cancelled.
    pub by: BookingRole,
    /// Time of the cancellation (UTC).
    pub at: DateTime<Utc>,
    /// Reason given by that party.
    pub reason: Option<String>,
    /// Amount refunded to the guest.
    pub refund: Money,
    /// Fee that the host pays; for the host and operators only.
    pub host_fee: Option<Money>,
}

/// A proposed change of a booking that awaits the other party's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterationView {
    /// Role that proposed the change.
    pub by: BookingRole,
    /// Proposed stay.
    pub stay: Stay,
    /// Proposed number of guests.
    pub guests: Guests,
    /// Total price after the change.
    pub total: Money,
    /// Difference to the current total; negative when an amount is refunded.
    pub difference: Money,
    /// Amount refunded to the guest if it is accepted.
    pub refund: Money,
    /// Deadline for accepting (UTC).
    pub expires_at: DateTime<Utc>,
}

impl BookingView {
    /// The booking as seen by a party, with the guest's account if that party may see it.
    #[must_use]
    pub fn new(booking: &Booking, party: BookingRole, guest: Option<&User>) -> Self {
        let price = &booking.price;
        Self {
            id: booking.id,
            party,
            property_id: booking.property_id,
            host_id: booking.host_id,
            guest_id: booking.guest_id,
            guest: guest
                .filter(|_| party != BookingRole::Guest)
                .map(|guest| GuestView::new(guest, booking.confirmation.is_some())),
            stay: booking.stay,
            guests: booking.guests,
            status: booking.status,
            confirmation_code: booking.confirmation.as_ref().map(|it| it.code.clone()),
            price: PriceView {
                lines: price.lines.clone(),
                total: price.total,
                host_payout: sees_host_amounts(party).then_some(price.host_payout),
            },
            policy: booking.policy,
            hold_expires_at: booking.hold_expires_at(),
            respond_by: booking.respond_by(),
            payment_id: booking.payment_id,
            message: booking.message.clone(),
            cancellation: booking
                .cancellation
                .as_ref()
                .map(|it| CancellationView::new(it, party)),
            alteration: booking
                .alteration
                .as_ref()
                .and_then(|it| AlterationView::new(it, price)),
            history: booking.history.clone(),
            version: booking.version,
            created_at: booking.created_at,
            updated_at: booking.updated_at,
        }
    }

    /// The booking as seen by the caller; `None` if the caller is not part of it. Reads the guest's account
    /// for the host and operators.
    pub(crate) async fn load(
        ports: &Ports,
        actor: &Actor,
        booking: &Booking,
    ) -> Result<Option<Self>, RepositoryError> {
        let Some(party) = booking.role_of(actor) else {
            return Ok(None);
        };
        let guest = if party == BookingRole::Guest {
            None
        } else {
            ports.users.get(booking.guest_id).await?
        };
        Ok(Some(Self::new(booking, party, guest.as_ref())))
    }

    /// The booking that the caller has just changed.
    pub(crate) async fn after_change(
        ports: &Ports,
        actor: &Actor,
        booking: &Booking,
    ) -> Result<Self, RepositoryError> {
        let view = Self::load(ports, actor, booking).await?;
        view.ok_or_else(|| {
            RepositoryError::Internal("a booking was changed by a stranger to it".to_owned())
        })
    }
}

/// True for the roles that see what the host pays and receives.
const fn sees_host_amounts(party: BookingRole) -> bool {
    matches!(party, BookingRole::Host | BookingRole::Admin)
}

impl GuestView {
    fn new(guest: &User, confirmed: bool) -> Self {
        let profile = &guest.profile;
        Self {
            first_name: profile.first_name.clone(),
            last_name: confirmed.then(|| profile.last_name.clone()),
            email: confirmed.then(|| guest.email.to_string()),
            phone: profile.phone.clone().filter(|_| confirmed),
        }
    }
}

impl CancellationView {
    fn new(cancellation: &Cancellation, party: BookingRole) -> Self {
        Self {
            by: cancellation.by,
            at: cancellation.at,
            reason: cancellation.reason.clone(),
            refund: cancellation.refund.refund,
            host_fee: cancellation.host_fee.filter(|_| sees_host_amounts(party)),
        }
    }
}

impl AlterationView {
    /// `None` if the currencies differ, which the domain rules out.
    fn new(alteration: &Alteration, price: &Price) -> Option<Self> {
        Some(Self {
            by: alteration.by,
            stay: alteration.stay,
            guests: alteration.guests,
            total: alteration.price.total,
            difference: alteration.difference(price).ok()?,
            refund: alteration.refund(price).ok()?,
            expires_at: alteration.expires_at,
        })
    }
}

/// Bookings as seen by the caller, without those that the caller is not part of. One statement for all guests.
///
/// # Errors
/// [`RepositoryError`].
pub(crate) async fn booking_views(
    ports: &Ports,
    actor: &Actor,
    page: Page<Booking>,
) -> Result<Page<BookingView>, RepositoryError> {
    let guests = guests_of(ports, actor, &page.data).await?;
    let view = |booking: &Booking| {
        let party = booking.role_of(actor)?;
        Some(BookingView::new(
            booking,
            party,
            guests.get(&booking.guest_id),
        ))
    };
    Ok(Page {
        data: page.data.iter().filter_map(view).collect(),
        next: page.next,
    })
}

/// The accounts of the caller's guests.
async fn guests_of(
    ports: &Ports,
    actor: &Actor,
    bookings: &[Booking],
) -> Result<HashMap<UserId, User>, RepositoryError> {
    let hosted = bookings
        .iter()
        .filter(|booking| booking.role_of(actor) != Some(BookingRole::Guest));
    let ids: HashSet<UserId> = hosted.map(|booking| booking.guest_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<UserId> = ids.into_iter().collect();
    let users = ports.users.get_many(&ids).await?;
    Ok(users.into_iter().map(|user| (user.id, user)).collect())
}

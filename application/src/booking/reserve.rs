//! Reserving a stay: its nights are held until it is paid.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{
    Booking, BookingCommitError, HoldError, HoldLimit, NewBooking, Offer, OfferError, Precondition,
    PriceError, Quote, RatePlan, StayRequest, Unavailable, check_hold_limits, recent_holds_begin,
};
use sojourn_domain::property::{Calendar, Property};
use sojourn_domain::shared::{
    Actor, BookingId, BookingRole, Guests, Money, PropertyId, RepositoryError, Stay, Violations,
};

use super::views::BookingView;
use crate::access::rate_limits;
use crate::attempt;
use crate::booking::failures::price_changed;
use crate::failure::{Failure, FailureKind, UseCaseError};
use crate::payment::seconds_until;
use crate::ports::Ports;
use crate::property::QUOTE_TOKEN;
use crate::retry::stored;

/// Maximum number of attempts.
const MAX_ATTEMPTS: u32 = 8;

/// A reservation request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserve {
    /// The property.
    pub property_id: PropertyId,
    /// The dates.
    pub stay: Stay,
    /// The guest counts.
    pub guests: Guests,
    /// The rate.
    pub rate: RatePlan,
    /// Token of the quote whose price, policy and terms apply.
    pub quote_token: Option<String>,
    /// The total that the guest saw; any other total is rejected.
    pub expected_total: Option<Money>,
    /// Message to the host, up to 2,000 characters.
    pub message: Option<String>,
}

/// Errors of reserving a stay.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReserveError {
    /// No such property, or it is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// Hosts cannot book their own property.
    #[error("hosts cannot book their own property")]
    OwnProperty,
    /// All violated availability rules.
    #[error("the stay cannot be booked")]
    Refused(Vec<Unavailable>),
    /// The quote was not issued by this server or is for another stay.
    #[error("the quote is not valid for this booking")]
    QuoteInvalid,
    /// The quote has expired.
    #[error("the quote has expired")]
    QuoteExpired,
    /// The current total, which differs from the expected one.
    #[error("the price has changed to {0}")]
    PriceChanged(Money),
    /// The host does not offer the rate.
    #[error("the host does not offer this rate")]
    NoSuchRate,
    /// The stay cannot be priced.
    #[error(transparent)]
    Price(PriceError),
    /// Too many reservations by the caller; holds the seconds until the next attempt.
    #[error("too many reservations; try again in {0} seconds")]
    Throttled(u32),
    /// A limit on unpaid holds of the caller; holds also the seconds until the next attempt.
    #[error("{0}")]
    HoldLimit(HoldLimit, u32),
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ReserveError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::OwnProperty => Failure::new(
                FailureKind::Forbidden,
                "own_property",
                "Hosts cannot book their own properties.",
            ),
            Self::Refused(refusals) => refusals.failure(),
            Self::QuoteInvalid => quote_invalid(),
            Self::QuoteExpired => Failure::conflict(
                "quote_expired",
                "The quote has expired. Request a new quote.",
            ),
            Self::PriceChanged(total) => price_changed(*total),
            Self::NoSuchRate => PriceError::NoSuchRate.failure(),
            Self::Price(error) => error.failure(),
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::HoldLimit(limit, seconds) => hold_limit_failure(*limit, *seconds),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

fn hold_limit_failure(limit: HoldLimit, seconds: u32) -> Failure {
    let (code, detail) = match limit {
        HoldLimit::TooMany(_) => (
            "too_many_holds",
            "You have too many unpaid bookings. Pay or cancel one of them first.",
        ),
        HoldLimit::SameProperty(_) => (
            "hold_exists",
            "You have an unpaid booking at this property. Pay, change or cancel it first.",
        ),
        HoldLimit::Released(_) => (
            "recently_released",
            "You held these nights a moment ago. They can be held again by you in some minutes.",
        ),
    };
    Failure::new(FailureKind::Throttled(seconds), code, detail)
}

fn quote_invalid() -> Failure {
    let mut found = Violations::new();
    found.add(
        "/quote_token",
        "quote_invalid",
        "is not a quote for this property, these dates, guests and rate plan",
    );
    Failure::unprocessable(
        "quote_invalid",
        "The quote does not match this booking. Request a new quote.",
    )
    .with_violations(found)
}

impl From<OfferError> for ReserveError {
    fn from(error: OfferError) -> Self {
        match error {
            OfferError::Unavailable(found) => Self::Refused(found),
            OfferError::Calendar(error) => Self::Price(error.into()),
            OfferError::Price(PriceError::NoSuchRate) => Self::NoSuchRate,
            OfferError::Price(error) => Self::Price(error),
        }
    }
}

/// Holds the nights of a stay for the caller, at the price of the quote or a newly computed one. A repeated request
/// gets the booking that it made, even if its hold has expired.
///
/// # Errors
/// [`ReserveError`]; nothing is held.
pub async fn reserve(
    ports: &Ports,
    actor: &Actor,
    command: Reserve,
) -> Result<BookingView, ReserveError> {
    if let Some(made) = attempt::prior() {
        let made = made_before(ports, actor, BookingId::new(made.id)).await?;
        return Ok(guest_view(&made));
    }
    let mut counted = false;
    let id = BookingId::new(ports.ids.uuid());
    let command = &command;
    let counted = &mut counted;
    for _ in 0..MAX_ATTEMPTS {
        if let Some(held) = try_reserve(ports, actor, command, id, counted).await? {
            return Ok(guest_view(&held));
        }
    }
    Err(RepositoryError::Unavailable("too many concurrent changes".to_owned()).into())
}

/// One attempt; `None` if the property, or the holds of the caller, changed concurrently. `counted` says whether the
/// request was counted against the quota.
async fn try_reserve(
    ports: &Ports,
    actor: &Actor,
    command: &Reserve,
    id: BookingId,
    counted: &mut bool,
) -> Result<Option<Booking>, ReserveError> {
    let message = checked_message(command.message.as_deref())?;
    let property = ports.properties.get(command.property_id).await?;
    let property = property
        .filter(|it| it.visible_to(Some(actor)))
        .ok_or(ReserveError::NotFound)?;
    if property.host_id == actor.user_id {
        return Err(ReserveError::OwnProperty);
    }
    let now = ports.clock.now();
    let signed = verify_quote(ports, command, now)?;
    let calendar = calendar_around(ports, &property, command.stay).await?;
    let offer = Offer::new(&property, &calendar, &ports.terms);
    let request = StayRequest::new(command.stay, command.guests).at_rate(command.rate);
    let quote = match signed {
        Some(quote) => {
            offer.check(request, now)?;
            quote
        }
        None => offer.quote(request, now)?,
    };
    let total = quote.price.total;
    if command.expected_total.is_some_and(|seen| seen != total) {
        return Err(ReserveError::PriceChanged(total));
    }
    check_holds(ports, actor, command, now).await?;
    if !std::mem::replace(counted, true) {
        let guest = actor.user_id.to_string();
        rate_limits::consume(ports, rate_limits::RESERVATIONS, &guest)
            .await
            .map_err(ReserveError::Throttled)?;
    }
    let new = NewBooking {
        id,
        guest_id: actor.user_id,
        quote,
        message,
    };
    commit_hold(ports, &property, new, now).await
}

/// Checks the limits on unpaid holds of the caller.
async fn check_holds(
    ports: &Ports,
    actor: &Actor,
    command: &Reserve,
    now: DateTime<Utc>,
) -> Result<(), ReserveError> {
    if !ports.guest_activity.is_limited() {
        return Ok(());
    }
    check_hold_nights(command.stay, ports.terms.max_hold_nights).map_err(ReserveError::Invalid)?;
    let terms = &ports.terms;
    let since = recent_holds_begin(terms, now);
    let recent = ports.guest_activity.bookings_since(actor.user_id, since);
    check_hold_limits(
        &recent.await?,
        command.property_id,
        command.stay,
        terms,
        now,
    )
    .map_err(|limit| ReserveError::HoldLimit(limit, seconds_until(limit.until(), now)))
}

/// The booking as its guest sees it.
fn guest_view(booking: &Booking) -> BookingView {
    BookingView::new(booking, BookingRole::Guest, None)
}

/// The booking that an earlier try of the request made.
async fn made_before(ports: &Ports, actor: &Actor, id: BookingId) -> Result<Booking, ReserveError> {
    let booking = ports.bookings.get(id).await?;
    booking
        .filter(|booking| booking.guest_id == actor.user_id)
        .ok_or(ReserveError::NotFound)
}

async fn commit_hold(
    ports: &Ports,
    property: &Property,
    new: NewBooking,
    now: DateTime<Utc>,
) -> Result<Option<Booking>, ReserveError> {
    let change = Booking::hold(property, new, now).map_err(|error| match error {
        HoldError::ForeignQuote { .. } => ReserveError::QuoteInvalid,
        HoldError::QuoteExpired { .. } => ReserveError::QuoteExpired,
        HoldError::OwnProperty => ReserveError::OwnProperty,
        HoldError::NotBookable => ReserveError::Refused(vec![Unavailable::NotListed]),
    })?;
    let limited = ports.guest_activity.is_limited();
    let change = change.requiring(limited.then_some(Precondition::HoldLimits(now)));
    let booking = change.booking().clone();
    match ports.bookings.commit(change).await {
        Ok(()) => Ok(Some(booking)),
        Err(BookingCommitError::NightsTaken(nights)) => {
            Err(ReserveError::Refused(vec![Unavailable::NightsTaken(
                nights,
            )]))
        }
        Err(error) => Ok(stored(Err(error))?),
    }
}

/// Refuses unpaid holds of very long stays.
///
/// # Errors
/// [`Violations`].
pub(super) fn check_hold_nights(stay: Stay, max: u32) -> Result<(), Violations> {
    let mut found = Violations::new();
    found.require(
        stay.nights() <= max,
        "/check_out",
        "hold_too_long",
        &format!("an unpaid booking holds {max} nights at most"),
    );
    found.into_result(())
}

/// The trimmed message; `None` if empty.
fn checked_message(message: Option<&str>) -> Result<Option<String>, ReserveError> {
    let Some(text) = message.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let mut found = Violations::new();
    found.text("/message", text, 2_000);
    found
        .into_result(Some(text.to_owned()))
        .map_err(ReserveError::Invalid)
}

/// The quote, if issued by this server for this exact stay and not expired.
fn verify_quote(
    ports: &Ports,
    command: &Reserve,
    now: DateTime<Utc>,
) -> Result<Option<Quote>, ReserveError> {
    let Some(token) = &command.quote_token else {
        return Ok(None);
    };
    let payload = ports
        .signer
        .unseal(QUOTE_TOKEN, b"", token)
        .map_err(|_| ReserveError::QuoteInvalid)?;
    let quote: Quote = serde_json::from_slice(&payload).map_err(|_| ReserveError::QuoteInvalid)?;
    if !quote.is_for(
        command.property_id,
        command.stay,
        command.guests,
        command.rate,
    ) {
        return Err(ReserveError::QuoteInvalid);
    }
    if now > quote.expires_at {
        Err(ReserveError::QuoteExpired)
    } else {
        Ok(Some(quote))
    }
}

/// The calendar over all that decides on the stay.
async fn calendar_around(
    ports: &Ports,
    property: &Property,
    stay: Stay,
) -> Result<Calendar, RepositoryError> {
    let (from, to) = Calendar::range_of(stay, property.details.stay_rules.preparation_nights);
    ports.properties.calendar(property.id, from, to).await
}

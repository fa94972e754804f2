//! Reserving a stay: its nights are held until it is paid.

use chrono::{DateTime, Days, Utc};
use sojourn_domain::booking::{
    Booking, MoveError, NewBooking, Price, PriceError, Quote, Rate, RefundPolicy, Refusal, price,
    refusals,
};
use sojourn_domain::property::{Calendar, Property};
use sojourn_domain::shared::{
    Actor, BookingId, CommitError, Guests, MarketplaceTerms, Money, PropertyId, Stay, StoreError,
    Violations,
};

use crate::ports::Ports;
use crate::quotas;

/// What a guest asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserve {
    /// Where.
    pub property_id: PropertyId,
    /// When.
    pub stay: Stay,
    /// Who.
    pub guests: Guests,
    /// On which conditions.
    pub rate: Rate,
    /// A quote to book with: its price, policy and terms hold.
    pub quote_token: Option<String>,
    /// The price that the guest saw; any other is refused.
    pub expected_total: Option<Money>,
    /// First words to the host, up to 2,000 characters.
    pub message: Option<String>,
}

/// Why a stay was not reserved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReserveError {
    /// There is no such property, or the asker may not know of it.
    #[error("no such property")]
    NotFound,
    /// Nobody books their own place.
    #[error("hosts do not book their own place")]
    OwnProperty,
    /// All rules that the stay breaks.
    #[error("the stay cannot be booked")]
    Refused(Vec<Refusal>),
    /// The quote is not ours, or for something else.
    #[error("the quote is not for this")]
    QuoteInvalid,
    /// The quote was good once.
    #[error("the quote has expired")]
    QuoteExpired,
    /// It costs this, not what was expected.
    #[error("the price is {0}")]
    PriceChanged(Money),
    /// The host does not offer the rate.
    #[error("the host offers no such rate")]
    NoSuchRate,
    /// It has no price.
    #[error(transparent)]
    Price(PriceError),
    /// The asker held nights too often; they may come again in so many seconds.
    #[error("too many reservations; again in {0} seconds")]
    Throttled(u32),
    /// These fields are wrong.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PriceError> for ReserveError {
    fn from(error: PriceError) -> Self {
        if error == PriceError::NoSuchRate {
            Self::NoSuchRate
        } else {
            Self::Price(error)
        }
    }
}

/// Holds the nights of a stay for the asker, at the quote's price or one made anew.
///
/// # Errors
/// [`ReserveError`]; nothing is held then.
pub async fn reserve(
    ports: &Ports,
    actor: &Actor,
    command: Reserve,
) -> Result<Booking, ReserveError> {
    let message = checked_message(command.message.as_deref())?;
    let property = ports.properties.get(command.property_id).await?;
    let property = property
        .filter(|it| it.visible_to(Some(actor)))
        .ok_or(ReserveError::NotFound)?;
    if property.host_id == actor.user_id {
        return Err(ReserveError::OwnProperty);
    }
    let now = ports.clock.now();
    let quote = opened_quote(ports, &command, now)?;
    let calendar = calendar_around(ports, &property, command.stay).await?;
    let broken = refusals(&property, &calendar, command.stay, command.guests, now);
    if !broken.is_empty() {
        return Err(ReserveError::Refused(broken));
    }
    let (price, policy, terms) = agreed(ports, &property, &calendar, &command, quote, now)?;
    if command
        .expected_total
        .is_some_and(|expected| expected != price.total)
    {
        return Err(ReserveError::PriceChanged(price.total));
    }
    let guest = actor.user_id.to_string();
    quotas::take(ports, quotas::RESERVATIONS, &guest)
        .await
        .map_err(ReserveError::Throttled)?;
    let (stay, guests) = (command.stay, command.guests);
    let id = BookingId::new(ports.ids.uuid());
    let new = NewBooking {
        id,
        guest_id: actor.user_id,
        stay,
        guests,
        price,
        policy,
        terms,
        message,
    };
    hold(ports, &property, new, now).await
}

async fn hold(
    ports: &Ports,
    property: &Property,
    new: NewBooking,
    now: DateTime<Utc>,
) -> Result<Booking, ReserveError> {
    let change = Booking::hold(property, new, now).map_err(|error| match error {
        MoveError::Money(error) => ReserveError::Price(error.into()),
        MoveError::NotAllowed
        | MoveError::WrongState { .. }
        | MoveError::TooEarly { .. }
        | MoveError::TooLate { .. }
        | MoveError::NotBookable
        | MoveError::NoAlteration
        | MoveError::AlterationPending
        | MoveError::CheckOutOnly
        | MoveError::NothingToAlter
        | MoveError::ChargeNeeded => ReserveError::Refused(vec![Refusal::NotListed]),
    })?;
    let booking = change.booking.clone();
    match ports.bookings.commit(change).await {
        Ok(()) => Ok(booking),
        Err(CommitError::NightsTaken(nights)) => {
            Err(ReserveError::Refused(vec![Refusal::NightsTaken(nights)]))
        }
        Err(CommitError::Store(error)) => Err(error.into()),
        Err(error @ (CommitError::Stale | CommitError::Exists)) => {
            Err(StoreError::Corrupt(format!("a new booking: {error}")).into())
        }
    }
}

/// The message without blanks around it; none when nothing is left.
fn checked_message(message: Option<&str>) -> Result<Option<String>, ReserveError> {
    let Some(text) = message.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let mut found = Violations::new();
    found.text("/message", text, 2_000);
    found
        .or(Some(text.to_owned()))
        .map_err(ReserveError::Invalid)
}

/// The quote that the guest carries, if it is ours, for just this, and still good.
fn opened_quote(
    ports: &Ports,
    command: &Reserve,
    now: DateTime<Utc>,
) -> Result<Option<Quote>, ReserveError> {
    let Some(token) = &command.quote_token else {
        return Ok(None);
    };
    let payload = ports
        .signer
        .open("quote", token)
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

/// The calendar from check-in to the last preparation night, and the day of departure at least.
async fn calendar_around(
    ports: &Ports,
    property: &Property,
    stay: Stay,
) -> Result<Calendar, StoreError> {
    let beyond = Days::new(u64::from(property.details.stay_rules.preparation_nights) + 1);
    let to = stay
        .check_out()
        .checked_add_days(beyond)
        .unwrap_or(stay.check_out());
    ports
        .properties
        .calendar(property.id, stay.check_in(), to)
        .await
}

fn agreed(
    ports: &Ports,
    property: &Property,
    calendar: &Calendar,
    command: &Reserve,
    quote: Option<Quote>,
    now: DateTime<Utc>,
) -> Result<(Price, RefundPolicy, MarketplaceTerms), ReserveError> {
    if let Some(quote) = quote {
        return Ok((quote.price, quote.policy, quote.terms));
    }
    let (stay, rate) = (command.stay, command.rate);
    let price = price(
        property,
        calendar,
        stay,
        command.guests,
        rate,
        &ports.terms,
        now,
    )?;
    let policy = RefundPolicy::in_force(&property.details, stay, rate);
    Ok((price, policy, MarketplaceTerms::clone(&ports.terms)))
}

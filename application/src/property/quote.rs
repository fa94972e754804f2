//! Signed quotes.

use sojourn_domain::booking::{
    Offer, OfferError, PriceError, PriceExplanation, Quote, RatePlan, RefundTier, StayRequest,
    Unavailable,
};
use sojourn_domain::property::Calendar;
use sojourn_domain::shared::{Actor, Guests, PropertyId, RepositoryError, Stay};

use super::access::find_visible;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// A quote request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuoteRequest {
    /// The stay.
    pub stay: Stay,
    /// The guest counts.
    pub guests: Guests,
    /// The rate.
    pub rate: RatePlan,
    /// True to explain each pricing rule.
    pub why: bool,
}

/// A quote with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedQuote {
    /// The quote.
    pub quote: Quote,
    /// The quote, signed: a booking made with it is charged its total.
    pub token: String,
    /// Refunds of a cancellation by the guest over time, if it were booked and confirmed now.
    pub curve: Vec<RefundTier>,
    /// Explanation of every pricing rule in order of application, if requested.
    pub why: Option<Vec<PriceExplanation>>,
}

/// Errors of quoting a stay.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuoteError {
    /// No such property, or it is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// All violated availability rules.
    #[error("the stay cannot be booked")]
    Refused(Vec<Unavailable>),
    /// The host does not offer the rate.
    #[error("the host does not offer this rate")]
    NoSuchRate,
    /// The stay has no price.
    #[error(transparent)]
    Price(PriceError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for QuoteError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Refused(refusals) => refusals.failure(),
            Self::NoSuchRate => PriceError::NoSuchRate.failure(),
            Self::Price(error) => error.failure(),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<OfferError> for QuoteError {
    fn from(error: OfferError) -> Self {
        match error {
            OfferError::Unavailable(found) => Self::Refused(found),
            OfferError::Calendar(error) => Self::Price(error.into()),
            OfferError::Price(PriceError::NoSuchRate) => Self::NoSuchRate,
            OfferError::Price(error) => Self::Price(error),
        }
    }
}

/// Prices a stay that is currently available. The quote is valid for some minutes regardless of
/// price changes; it does not hold the nights.
///
/// # Errors
/// [`QuoteError`], with all violated rules.
pub async fn quote(
    ports: &Ports,
    actor: Option<&Actor>,
    id: PropertyId,
    request: QuoteRequest,
) -> Result<SignedQuote, QuoteError> {
    let QuoteRequest {
        stay,
        guests,
        rate,
        why,
    } = request;
    let property = find_visible(ports, actor, id)
        .await?
        .ok_or(QuoteError::NotFound)?;
    let (from, to) = Calendar::range_of(stay, property.details.stay_rules.preparation_nights);
    let calendar = ports.properties.calendar(id, from, to).await?;
    let now = ports.clock.now();
    let offer = Offer::new(&property, &calendar, &ports.terms);
    let request = StayRequest { stay, guests, rate };
    let (quote, why) = if why {
        let explained = offer.explained_quote(request, now)?;
        (explained.quote, Some(explained.explanations))
    } else {
        (offer.quote(request, now)?, None)
    };
    let payload =
        serde_json::to_vec(&quote).map_err(|error| RepositoryError::Internal(error.to_string()))?;
    Ok(SignedQuote {
        token: ports.signer.sign("quote", &payload),
        curve: offer
            .refund_schedule(&quote, now)
            .map_err(QuoteError::Price)?,
        quote,
        why,
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use sojourn_domain::property::{ClaimKind, NightClaim, NightRules};

    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, complete_details, date, draft, listed, now, usd,
    };

    fn request(stay: &str, adults: u32) -> QuoteRequest {
        let guests = Guests::try_new(adults, 0, 0, 0).unwrap();
        QuoteRequest {
            stay: stay.parse().unwrap(),
            guests,
            rate: RatePlan::Standard,
            why: false,
        }
    }

    #[tokio::test]
    async fn all_violated_rules_are_reported_at_once() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        test.properties
            .expect_calendar()
            .return_once(|_, from, to| {
                assert_eq!((from, to), (date("2026-07-01"), date("2026-07-04")));
                let arrival = NightRules {
                    min_nights: Some(3),
                    closed_to_arrival: true,
                    ..NightRules::default()
                };
                let departure = NightRules {
                    closed_to_departure: true,
                    ..NightRules::default()
                };
                let rules = [
                    (date("2026-07-01"), arrival),
                    (date("2026-07-03"), departure),
                ];
                let claim = NightClaim {
                    night: date("2026-07-02"),
                    kind: ClaimKind::Held,
                    booking_id: None,
                };
                Ok(Calendar::try_new(listed().id, (from, to), rules, [claim]).unwrap())
            });
        let refused = quote(
            &test.ports(),
            None,
            listed().id,
            request("2026-07-01/2026-07-03", 5),
        )
        .await;
        let expected = vec![
            Unavailable::MinNights(3),
            Unavailable::ClosedToArrival,
            Unavailable::ClosedToDeparture,
            Unavailable::NightsTaken(vec![date("2026-07-02")]),
            Unavailable::TooManyGuests(4),
        ];
        assert_eq!(refused, Err(QuoteError::Refused(expected)));
    }

    #[tokio::test]
    async fn the_signed_quote_is_the_one_shown() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        test.properties
            .expect_calendar()
            .return_once(|id, from, to| Ok(Calendar::free(id, from, to)));
        test.signer
            .expect_sign()
            .once()
            .return_once(|purpose, payload| {
                assert_eq!(purpose, "quote");
                String::from_utf8(payload.to_vec()).unwrap()
            });
        let signed = quote(
            &test.ports(),
            None,
            listed().id,
            request("2026-07-01/2026-07-03", 2),
        )
        .await
        .unwrap();
        assert_eq!(
            serde_json::from_str::<Quote>(&signed.token).unwrap(),
            signed.quote
        );
        assert_eq!(signed.quote.price.total, usd(228_40));
        assert_eq!(signed.quote.expires_at, now() + TimeDelta::minutes(15));
    }

    #[tokio::test]
    async fn a_draft_is_not_quoted_to_strangers() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(draft(complete_details()))));
        let refused = quote(
            &test.ports(),
            None,
            listed().id,
            request("2026-07-01/2026-07-03", 2),
        )
        .await;
        assert_eq!(refused, Err(QuoteError::NotFound));
    }
}

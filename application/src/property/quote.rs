//! Quotes.

use sojourn_domain::booking::{
    Offer, OfferError, PriceError, PriceExplanation, Quote, RatePlan, RefundTier, StayRequest,
    Unavailable,
};
use sojourn_domain::property::Calendar;
use sojourn_domain::shared::{Actor, Guests, Money, PropertyId, RepositoryError, Stay};

use super::access::find_visible;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Purpose of the encryption of quotes.
pub(crate) const QUOTE_TOKEN: &str = "quote";

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

/// A quote with the token that guarantees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedQuote {
    /// The quote.
    pub quote: Quote,
    /// The quote, encrypted and authenticated: a booking made with it is charged its total. It holds what the guest
    /// does not see, such as the host's fee.
    pub token: String,
    /// Fee and payout of the host; for the property's host and operators only.
    pub host_amounts: Option<HostAmounts>,
    /// Refunds of a cancellation by the guest over time, if it were booked and confirmed now.
    pub curve: Vec<RefundTier>,
    /// Explanation of every pricing rule in order of application, if requested.
    pub why: Option<Vec<PriceExplanation>>,
}

/// Amounts of a price that concern the host alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostAmounts {
    /// Fee that the host pays to the marketplace.
    pub fee: Money,
    /// Amount paid out to the host.
    pub payout: Money,
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
) -> Result<SealedQuote, QuoteError> {
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
    let host_amounts = actor
        .filter(|actor| property.managed_by(actor))
        .map(|_| HostAmounts {
            fee: quote.price.host_fee,
            payout: quote.price.host_payout,
        });
    Ok(SealedQuote {
        token: ports.signer.seal(QUOTE_TOKEN, b"", &payload),
        host_amounts,
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
    use sojourn_domain::shared::UserId;

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
    async fn the_sealed_quote_is_the_one_shown() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        test.properties
            .expect_calendar()
            .return_once(|id, from, to| Ok(Calendar::free(id, from, to)));
        test.signer
            .expect_seal()
            .once()
            .return_once(|purpose, context, payload| {
                assert_eq!((purpose, context), ("quote", b"".as_slice()));
                String::from_utf8(payload.to_vec()).unwrap()
            });
        let sealed = quote(
            &test.ports(),
            None,
            listed().id,
            request("2026-07-01/2026-07-03", 2),
        )
        .await
        .unwrap();
        assert_eq!(
            serde_json::from_str::<Quote>(&sealed.token).unwrap(),
            sealed.quote
        );
        assert_eq!(sealed.quote.price.total, usd(228_40));
        assert_eq!(sealed.quote.expires_at, now() + TimeDelta::minutes(15));
    }

    #[tokio::test]
    async fn the_host_and_operators_alone_see_the_fee_and_the_payout_of_the_host() {
        let host = Actor::member(listed().host_id);
        let guest = Actor::member(UserId::new(uuid::Uuid::from_u128(77)));
        let operator = Actor {
            admin: true,
            ..guest
        };
        let seen = Some(HostAmounts {
            fee: usd(6_00),
            payout: usd(194_00),
        });
        for (actor, expected) in [
            (None, None),
            (Some(guest), None),
            (Some(host), seen),
            (Some(operator), seen),
        ] {
            let mut test = TestPorts::new();
            test.properties
                .expect_get()
                .return_once(|_| Ok(Some(listed())));
            test.properties
                .expect_calendar()
                .return_once(|id, from, to| Ok(Calendar::free(id, from, to)));
            test.signer
                .expect_seal()
                .return_once(|_, _, _| String::new());
            let sealed = quote(
                &test.ports(),
                actor.as_ref(),
                listed().id,
                request("2026-07-01/2026-07-03", 2),
            )
            .await
            .unwrap();
            assert_eq!(sealed.host_amounts, expected, "{actor:?}");
        }
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

//! Quotes and quote requests as JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sojourn_application::property::{QuoteRequest, SealedQuote};
use sojourn_domain::shared::{PropertyId, Violations};
use utoipa::{IntoParams, ToSchema};

use super::explanation_dto::ConsideredDto;
use crate::wire::enums::{RateSchema, RefundPolicySchema};
use crate::wire::money::{CurrencySchema, MoneyDto};
use crate::wire::price_line::LineDto;
use crate::wire::refund_curve::CurveStepDto;
use crate::wire::stay::{GuestsDto, rate, stay};

/// The stay to price.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteInput {
    /// Check-in date.
    #[schema(format = Date)]
    pub check_in: String,
    /// Check-out date.
    #[schema(format = Date)]
    pub check_out: String,
    /// Number of guests.
    pub guests: GuestsDto,
    /// Rate plan; `standard` when absent.
    #[schema(value_type = Option<RateSchema>)]
    pub rate: Option<String>,
    /// True to include an explanation of every price rule.
    #[serde(default)]
    pub why: bool,
}

/// The stay to price.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuoteParams {
    /// Check-in date.
    #[param(format = Date)]
    check_in: String,
    /// Check-out date.
    #[param(format = Date)]
    check_out: String,
    /// Number of adults; 1 when absent.
    #[param(minimum = 1, maximum = 50)]
    adults: Option<u32>,
    /// Number of children aged 2 to 12.
    #[param(minimum = 0, maximum = 50)]
    children: Option<u32>,
    /// Number of infants under 2.
    #[param(minimum = 0, maximum = 50)]
    infants: Option<u32>,
    /// Number of pets.
    #[param(minimum = 0, maximum = 50)]
    pets: Option<u32>,
    /// Rate plan; `standard` when absent.
    #[param(value_type = Option<RateSchema>)]
    rate: Option<String>,
    /// True to include an explanation of every price rule.
    why: Option<bool>,
}

impl QuoteInput {
    /// The quote request, or all violations.
    pub fn parse(&self) -> Result<QuoteRequest, Violations> {
        parse(
            &self.check_in,
            &self.check_out,
            self.guests,
            "/guests",
            self.rate.as_deref(),
        )
        .map(|request| QuoteRequest {
            why: self.why,
            ..request
        })
    }
}

impl QuoteParams {
    /// The quote request, or all violations.
    pub fn parse(&self) -> Result<QuoteRequest, Violations> {
        let guests = GuestsDto {
            adults: self.adults.unwrap_or(1),
            children: self.children.unwrap_or(0),
            infants: self.infants.unwrap_or(0),
            pets: self.pets.unwrap_or(0),
        };
        parse(
            &self.check_in,
            &self.check_out,
            guests,
            "",
            self.rate.as_deref(),
        )
        .map(|request| QuoteRequest {
            why: self.why.unwrap_or(false),
            ..request
        })
    }
}

fn parse(
    check_in: &str,
    check_out: &str,
    guests: GuestsDto,
    prefix: &str,
    chosen: Option<&str>,
) -> Result<QuoteRequest, Violations> {
    let mut found = Violations::new();
    let stay = stay(&mut found, check_in, check_out);
    let guests = guests.parse(prefix, &mut found);
    let rate = rate(&mut found, chosen);
    match (stay, guests, rate) {
        (Some(stay), Some(guests), Some(rate)) => Ok(QuoteRequest {
            stay,
            guests,
            rate,
            why: false,
        }),
        _ => Err(found),
    }
}

/// An itemised price with limited validity.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quote)]
pub struct QuoteDto {
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
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
    /// Rate plan.
    #[schema(value_type = RateSchema)]
    pub rate: &'static str,
    /// ISO 4217 code of the currency of all amounts.
    #[schema(value_type = CurrencySchema)]
    pub currency: &'static str,
    /// Price lines; each may build on those before it.
    pub lines: Vec<LineDto>,
    /// Total price for the guest.
    pub total: MoneyDto,
    /// Fee of the host to the marketplace; visible to the host and operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host_fee: Option<MoneyDto>,
    /// Amount paid out to the host; visible to the host and operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host_payout: Option<MoneyDto>,
    /// Cancellation policy.
    #[schema(value_type = RefundPolicySchema)]
    pub cancellation_policy: &'static str,
    /// Refund over time, from now on, if the stay is booked now and the guest cancels.
    pub curve: Vec<CurveStepDto>,
    /// Token for a booking at this price.
    pub token: String,
    /// Time at which the quote expires (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: DateTime<Utc>,
    /// All price rules in order of evaluation; only present if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub why: Option<Vec<ConsideredDto>>,
}

impl From<SealedQuote> for QuoteDto {
    fn from(sealed: SealedQuote) -> Self {
        let SealedQuote {
            quote,
            token,
            host_amounts,
            curve,
            why,
        } = sealed;
        Self {
            property_id: quote.property_id,
            check_in: quote.stay.check_in(),
            check_out: quote.stay.check_out(),
            nights: quote.stay.nights(),
            guests: quote.guests.into(),
            rate: quote.rate.as_str(),
            currency: quote.price.currency().code(),
            lines: quote.price.lines.iter().map(Into::into).collect(),
            total: quote.price.total.into(),
            host_fee: host_amounts.map(|it| it.fee.into()),
            host_payout: host_amounts.map(|it| it.payout.into()),
            cancellation_policy: quote.policy().as_str(),
            curve: curve.iter().map(Into::into).collect(),
            token,
            expires_at: quote.expires_at,
            why: why.map(|rules| rules.into_iter().map(Into::into).collect()),
        }
    }
}

//! A quote and what is asked for it, as JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sojourn_application::property::{QuoteRequest, SignedQuote};
use sojourn_domain::shared::{PropertyId, Violations};
use utoipa::{IntoParams, ToSchema};

use super::line::LineDto;
use super::stay::{GuestsDto, rate, stay};
use super::why::ConsideredDto;
use super::words::{RateWord, RefundPolicyWord};
use crate::money_dto::{CurrencyWord, MoneyDto};

/// The stay to be priced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteInput {
    /// Day of arrival.
    #[schema(format = Date)]
    pub check_in: String,
    /// Day of departure.
    #[schema(format = Date)]
    pub check_out: String,
    /// Who comes along.
    pub guests: GuestsDto,
    /// The rate; `standard` when absent.
    #[schema(value_type = Option<RateWord>)]
    pub rate: Option<String>,
    /// Whether to tell of every rule of the price why it applied or not.
    #[serde(default)]
    pub why: bool,
}

/// The stay to be priced.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuoteParams {
    /// Day of arrival.
    #[param(format = Date)]
    check_in: String,
    /// Day of departure.
    #[param(format = Date)]
    check_out: String,
    /// Adults; one when absent.
    #[param(minimum = 1, maximum = 50)]
    adults: Option<u32>,
    /// Children of 2 to 12 years.
    #[param(minimum = 0, maximum = 50)]
    children: Option<u32>,
    /// Infants under 2.
    #[param(minimum = 0, maximum = 50)]
    infants: Option<u32>,
    /// Pets.
    #[param(minimum = 0, maximum = 50)]
    pets: Option<u32>,
    /// The rate; `standard` when absent.
    #[param(value_type = Option<RateWord>)]
    rate: Option<String>,
    /// Whether to tell of every rule of the price why it applied or not.
    why: Option<bool>,
}

impl QuoteInput {
    /// What is to be priced, or everything that is wrong with it.
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
    /// What is to be priced, or everything that is wrong with it.
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

/// An itemised price that is good for a while.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quote)]
pub struct QuoteDto {
    /// The property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
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
    /// The rate chosen.
    #[schema(value_type = RateWord)]
    pub rate: &'static str,
    /// The currency of all amounts.
    #[schema(value_type = CurrencyWord)]
    pub currency: &'static str,
    /// The lines, in the order in which they build on each other.
    pub lines: Vec<LineDto>,
    /// What the guest pays.
    pub total: MoneyDto,
    /// What the host pays the marketplace.
    pub host_fee: MoneyDto,
    /// What the host gets.
    pub host_payout: MoneyDto,
    /// What comes back on cancellation.
    #[schema(value_type = RefundPolicyWord)]
    pub cancellation_policy: &'static str,
    /// To book with.
    pub token: String,
    /// Until when it is good.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: DateTime<Utc>,
    /// Every rule of the price that was considered, in its order; only when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub why: Option<Vec<ConsideredDto>>,
}

impl From<SignedQuote> for QuoteDto {
    fn from(SignedQuote { quote, token, why }: SignedQuote) -> Self {
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
            host_fee: quote.price.host_fee.into(),
            host_payout: quote.price.host_payout.into(),
            cancellation_policy: quote.policy.as_str(),
            token,
            expires_at: quote.expires_at,
            why: why.map(|rules| rules.into_iter().map(Into::into).collect()),
        }
    }
}

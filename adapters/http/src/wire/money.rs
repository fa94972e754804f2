//! Amounts of money as JSON.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use sojourn_application::input;
use sojourn_domain::shared::{Currency, Money, Violations};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::schema::MAX_SAFE_INTEGER;

/// An amount of money in minor units of its currency (cents, yen, fils).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Money)]
pub struct MoneyDto {
    /// Amount in minor units.
    #[schema(example = 12345)]
    pub amount: i64,
    /// ISO 4217 code.
    #[schema(value_type = CurrencySchema)]
    pub currency: String,
}

impl MoneyDto {
    /// The amount; adds a violation under `pointer` if its currency is unknown.
    pub fn parse(&self, pointer: &str, violations: &mut Violations) -> Option<Money> {
        let currency = parse_currency(&self.currency, &format!("{pointer}/currency"), violations)?;
        let exact = self.amount.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs();
        let detail = "must be from -(2^53 - 1) to 2^53 - 1";
        violations.require(exact, pointer, "out_of_range", detail);
        if !exact {
            return None;
        }
        Some(Money::new(self.amount, currency))
    }
}

impl From<Money> for MoneyDto {
    fn from(money: Money) -> Self {
        Self {
            amount: money.amount(),
            currency: money.currency().code().to_owned(),
        }
    }
}

/// Parses a currency code; adds a violation under `pointer` if it is unknown.
pub fn parse_currency(code: &str, pointer: &str, violations: &mut Violations) -> Option<Currency> {
    input::currency(code, pointer, violations)
}

/// Schema of a currency code: all known codes.
#[derive(Debug)]
pub struct CurrencySchema;

impl PartialSchema for CurrencySchema {
    fn schema() -> RefOr<Schema> {
        let codes = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(CODES.clone()));
        codes.description(Some("ISO 4217 code")).into()
    }
}

impl ToSchema for CurrencySchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("CurrencyCode")
    }
}

static CODES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let letters = || b'A'..=b'Z';
    let codes =
        letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])));
    let texts = codes.filter_map(|code| String::from_utf8(code.to_vec()).ok());
    texts.filter(|code| Currency::parse(code).is_ok()).collect()
});

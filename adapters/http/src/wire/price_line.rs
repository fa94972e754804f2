//! Price lines as JSON.

use serde::Serialize;
use sojourn_domain::booking::PriceLine;
use utoipa::ToSchema;

use super::enums::{LineKindSchema, PriceRuleSchema};
use super::money::MoneyDto;

/// A price line; discounts are negative.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriceLine)]
pub struct LineDto {
    /// Kind of the line.
    #[schema(value_type = LineKindSchema)]
    pub kind: &'static str,
    /// Human-readable label.
    pub label: String,
    /// Number of units.
    pub quantity: u32,
    /// Price of one unit.
    pub unit_amount: MoneyDto,
    /// Amount of the line.
    pub amount: MoneyDto,
    /// Name of the price rule that produced the line; further rules may appear.
    #[schema(value_type = PriceRuleSchema)]
    pub rule: String,
}

impl From<&PriceLine> for LineDto {
    fn from(line: &PriceLine) -> Self {
        Self {
            kind: line.kind.as_str(),
            label: line.label.to_string(),
            quantity: line.quantity,
            unit_amount: line.unit_amount.into(),
            amount: line.amount.into(),
            rule: line.rule.to_string(),
        }
    }
}

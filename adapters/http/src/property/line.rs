//! The lines of a price.

use serde::Serialize;
use sojourn_domain::booking::Line;
use utoipa::ToSchema;

use super::words::LineKindWord;
use crate::money_dto::MoneyDto;

/// One line of a price; discounts are negative.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Line)]
pub struct LineDto {
    /// What for.
    #[schema(value_type = LineKindWord)]
    pub kind: &'static str,
    /// The same in words.
    pub label: String,
    /// How many units.
    pub quantity: u32,
    /// What one costs.
    pub unit_amount: MoneyDto,
    /// What all cost.
    pub amount: MoneyDto,
    /// The rule that made the line.
    pub rule: String,
}

impl From<&Line> for LineDto {
    fn from(line: &Line) -> Self {
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

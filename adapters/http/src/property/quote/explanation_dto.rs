//! Price explanations as JSON.

use serde::Serialize;
use sojourn_domain::booking::PriceExplanation;
use utoipa::ToSchema;

use crate::wire::enums::PriceRuleSchema;

/// A price rule that was evaluated.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriceRuleEvaluation)]
pub struct ConsideredDto {
    /// Name of the rule, as in `rule` of a price line.
    #[schema(value_type = PriceRuleSchema)]
    pub rule: String,
    /// True if the rule produced a price line.
    pub applied: bool,
    /// Reason for the result, such as "5 nights, needs 7".
    pub because: String,
    /// Index of its first line in `lines`; null if it produced none.
    #[schema(minimum = 0)]
    pub line: Option<usize>,
}

impl From<PriceExplanation> for ConsideredDto {
    fn from(considered: PriceExplanation) -> Self {
        let PriceExplanation {
            rule,
            applied,
            reason: because,
            line,
        } = considered;
        Self {
            rule,
            applied,
            because,
            line,
        }
    }
}

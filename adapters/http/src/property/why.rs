//! Why a price is what it is, as JSON.

use serde::Serialize;
use sojourn_domain::booking::Considered;
use utoipa::ToSchema;

/// A rule of the price that was considered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Considered)]
pub struct ConsideredDto {
    /// The rule, in the words of a line's `rule`.
    pub rule: String,
    /// Whether it made a line.
    pub applied: bool,
    /// Why, or why not, such as "5 nights, needs 7".
    pub because: String,
    /// The index of its first line in `lines`.
    #[schema(minimum = 0)]
    pub line: Option<usize>,
}

impl From<Considered> for ConsideredDto {
    fn from(considered: Considered) -> Self {
        let Considered {
            rule,
            applied,
            because,
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

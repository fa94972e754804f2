//! Why an operator does it.

use serde::Deserialize;
use utoipa::ToSchema;

/// Why an operator does it; the audit log keeps it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonInput {
    /// In their words, without what identifies a person.
    #[schema(
        min_length = 1,
        max_length = 1000,
        example = "Double bookings reported by three guests."
    )]
    pub reason: String,
}

//! Reasons for actions of operators.

use serde::Deserialize;
use utoipa::ToSchema;

/// Reason for an operator's action, recorded in the audit log.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonInput {
    /// Free text without personal data.
    #[schema(
        min_length = 1,
        max_length = 1000,
        example = "Double bookings reported by three guests."
    )]
    pub reason: String,
}

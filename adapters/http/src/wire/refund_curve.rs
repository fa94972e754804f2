//! Refunds over time as JSON.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_domain::booking::RefundTier;
use utoipa::ToSchema;

use super::money::MoneyDto;

/// A period with a constant refund.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefundPeriod)]
pub struct CurveStepDto {
    /// End of the period, inclusive (UTC); null for the last one.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<DateTime<Utc>>,
    /// Refunded amount.
    refund: MoneyDto,
}

impl From<&RefundTier> for CurveStepDto {
    fn from(tier: &RefundTier) -> Self {
        Self {
            until: tier.until,
            refund: tier.refund.into(),
        }
    }
}

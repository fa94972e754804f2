//! Resources that are included in payments.

use serde::Deserialize;
use sojourn_application::ports::Ports;
use sojourn_application::related::{RelatedIds, load_related};
use sojourn_domain::shared::{Actor, Violations};
use utoipa::{IntoParams, ToSchema};

use super::dto::PaymentDto;
use crate::problem::Problem;
use crate::wire::expansion::{Expansion, parse_expand};

/// Resource that can be included in a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentExpansion {
    /// The property.
    Property,
}

impl Expansion for PaymentExpansion {
    const NAMES: &'static [(&'static str, Self)] = &[("property", Self::Property)];
}

/// Resources to include.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExpandParams {
    /// Resources to include in each payment, separated by commas, as their own operations show them to the caller.
    #[param(value_type = Option<Vec<PaymentExpansion>>, style = Form, explode = false, min_items = 1)]
    expand: Option<String>,
}

impl ExpandParams {
    /// The resources.
    pub fn parse(self) -> Result<Vec<PaymentExpansion>, Violations> {
        parse_expand(self.expand.as_deref())
    }
}

/// Includes resources in payments, in two statements.
pub async fn include(
    ports: &Ports,
    actor: &Actor,
    wanted: &[PaymentExpansion],
    payments: &mut [PaymentDto],
) -> Result<(), Problem> {
    if !wanted.contains(&PaymentExpansion::Property) {
        return Ok(());
    }
    let ids = RelatedIds {
        properties: payments.iter().map(|it| it.property_id).collect(),
        ..RelatedIds::default()
    };
    let related = load_related(ports, Some(actor), ids).await?;
    for payment in payments {
        let property = related.properties.get(&payment.property_id);
        payment.property = property.map(|it| Box::new(it.into()));
    }
    Ok(())
}

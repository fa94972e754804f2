//! Resources that are included in saved properties.

use serde::Deserialize;
use sojourn_application::ports::Ports;
use sojourn_application::related::{RelatedIds, load_related};
use sojourn_domain::shared::{Actor, Violations};
use utoipa::{IntoParams, ToSchema};

use super::dto::WishlistItemDto;
use crate::problem::Problem;
use crate::wire::expansion::{Expansion, parse_expand};

/// Resource that can be included in a saved property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WishlistExpansion {
    /// The property.
    Property,
}

impl Expansion for WishlistExpansion {
    const NAMES: &'static [(&'static str, Self)] = &[("property", Self::Property)];
}

/// Resources to include.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExpandParams {
    /// Resources to include in each item, separated by commas, as their own operations show them to the caller.
    #[param(value_type = Option<Vec<WishlistExpansion>>, style = Form, explode = false, min_items = 1)]
    expand: Option<String>,
}

impl ExpandParams {
    /// The resources.
    pub fn parse(self) -> Result<Vec<WishlistExpansion>, Violations> {
        parse_expand(self.expand.as_deref())
    }
}

/// Includes the properties, in a number of statements that does not depend on their number.
pub async fn include(
    ports: &Ports,
    actor: Option<&Actor>,
    wanted: &[WishlistExpansion],
    items: &mut [WishlistItemDto],
) -> Result<(), Problem> {
    if !wanted.contains(&WishlistExpansion::Property) {
        return Ok(());
    }
    let ids = RelatedIds {
        properties: items.iter().map(|item| item.property_id).collect(),
        ..RelatedIds::default()
    };
    let related = load_related(ports, actor, ids).await?;
    for item in items {
        let property = related.properties.get(&item.property_id);
        item.property = property.map(|it| Box::new(it.into()));
    }
    Ok(())
}

//! Resources that are included in properties.

use serde::Deserialize;
use sojourn_application::ports::Ports;
use sojourn_application::related::{RelatedIds, load_related};
use sojourn_application::review;
use sojourn_domain::shared::{Actor, Violations};
use utoipa::{IntoParams, ToSchema};

use super::dto::PropertyDto;
use crate::problem::Problem;
use crate::wire::accepted::{Accepted, parse_enums};

/// Resource that can be included in a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PropertyExpansion {
    /// Public profile of the host.
    Host,
    /// Ratings by category and by number of stars.
    Ratings,
}

/// Resource that can be included in each property of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListedPropertyExpansion {
    /// Public profile of the host.
    Host,
}

impl Accepted for PropertyExpansion {
    fn accepted() -> String {
        "of host, ratings".to_owned()
    }
}

impl Accepted for ListedPropertyExpansion {
    fn accepted() -> String {
        "host".to_owned()
    }
}

/// Resources to include.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExpandParams {
    /// Resources to include, separated by commas, as their own operations show them to the caller.
    #[param(value_type = Option<Vec<PropertyExpansion>>, style = Form, explode = false, min_items = 1)]
    expand: Option<String>,
}

/// Resources to include in a list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListExpandParams {
    /// Resources to include in each property, separated by commas, as their own operations show them to the caller.
    #[param(value_type = Option<Vec<ListedPropertyExpansion>>, style = Form, explode = false, min_items = 1)]
    expand: Option<String>,
}

impl ExpandParams {
    /// The resources.
    pub fn parse(self) -> Result<Vec<PropertyExpansion>, Violations> {
        let mut found = Violations::new();
        let read = |word: &str| match word {
            "host" => Some(PropertyExpansion::Host),
            "ratings" => Some(PropertyExpansion::Ratings),
            _ => None,
        };
        let wanted = self.expand.map_or_else(Vec::new, |text| {
            parse_enums(&mut found, "/expand", &text, read)
        });
        found.into_result(wanted)
    }
}

impl ListExpandParams {
    /// The resources.
    pub fn parse(self) -> Result<Vec<PropertyExpansion>, Violations> {
        let mut found = Violations::new();
        let read = |word: &str| (word == "host").then_some(ListedPropertyExpansion::Host);
        let wanted = self.expand.map_or_else(Vec::new, |text| {
            parse_enums(&mut found, "/expand", &text, read)
        });
        let wanted = wanted.iter().map(|_| PropertyExpansion::Host);
        found.into_result(wanted.collect())
    }
}

/// True if a query has resources to include, which cached responses do not have.
pub fn expands(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "expand")
}

/// Includes resources in properties, in one statement for each kind.
pub async fn include(
    ports: &Ports,
    actor: Option<&Actor>,
    wanted: &[PropertyExpansion],
    properties: &mut [PropertyDto],
) -> Result<(), Problem> {
    if wanted.contains(&PropertyExpansion::Host) {
        let ids = RelatedIds {
            users: properties.iter().map(|it| it.host_id).collect(),
            ..RelatedIds::default()
        };
        let related = load_related(ports, actor, ids).await?;
        for property in &mut *properties {
            property.host = related.profiles.get(&property.host_id).map(Into::into);
        }
    }
    if wanted.contains(&PropertyExpansion::Ratings) {
        let ids = properties.iter().map(|it| it.id).collect();
        let details = review::rating_details(ports, ids).await?;
        for property in properties {
            let details = details.get(&property.id).cloned().unwrap_or_default();
            property.ratings = Some((&details).into());
        }
    }
    Ok(())
}

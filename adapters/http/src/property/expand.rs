//! Resources that are included in properties.

use serde::Deserialize;
use sojourn_application::ports::Ports;
use sojourn_application::related::{RelatedIds, load_related};
use sojourn_application::review;
use sojourn_domain::shared::{Actor, UserId, Violations};
use utoipa::{IntoParams, ToSchema};

use super::dto::PropertyDto;
use super::search::CardDto;
use crate::problem::Problem;
use crate::wire::expansion::{Expansion, parse_expand};
use crate::wire::profile::PublicUserViewDto;

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

impl Expansion for PropertyExpansion {
    const NAMES: &'static [(&'static str, Self)] =
        &[("host", Self::Host), ("ratings", Self::Ratings)];
}

impl Expansion for ListedPropertyExpansion {
    const NAMES: &'static [(&'static str, Self)] = &[("host", Self::Host)];
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
        parse_expand(self.expand.as_deref())
    }
}

impl ListExpandParams {
    /// The resources.
    pub fn parse(self) -> Result<Vec<PropertyExpansion>, Violations> {
        let wanted = parse_expand(self.expand.as_deref())?;
        let host = |ListedPropertyExpansion::Host| PropertyExpansion::Host;
        Ok(wanted.into_iter().map(host).collect())
    }
}

/// True if a query has resources to include, which cached responses do not have.
pub fn expands(query: &str) -> bool {
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "expand")
}

/// An item that can include its host.
pub trait Hosted {
    /// Id of the host.
    fn host_id(&self) -> UserId;

    /// Includes the host.
    fn set_host(&mut self, host: Option<PublicUserViewDto>);
}

impl Hosted for PropertyDto {
    fn host_id(&self) -> UserId {
        self.host_id
    }

    fn set_host(&mut self, host: Option<PublicUserViewDto>) {
        self.host = host;
    }
}

impl Hosted for CardDto {
    fn host_id(&self) -> UserId {
        self.host_id
    }

    fn set_host(&mut self, host: Option<PublicUserViewDto>) {
        self.host = host;
    }
}

/// Includes the hosts, in one statement, if they are wanted.
pub async fn include_hosts(
    ports: &Ports,
    actor: Option<&Actor>,
    wanted: &[PropertyExpansion],
    items: &mut [impl Hosted],
) -> Result<(), Problem> {
    if !wanted.contains(&PropertyExpansion::Host) {
        return Ok(());
    }
    let ids = RelatedIds {
        users: items.iter().map(Hosted::host_id).collect(),
        ..RelatedIds::default()
    };
    let related = load_related(ports, actor, ids).await?;
    for item in items {
        let host = related.profiles.get(&item.host_id());
        item.set_host(host.map(Into::into));
    }
    Ok(())
}

/// Includes resources in properties, in one statement for each kind.
pub async fn include(
    ports: &Ports,
    actor: Option<&Actor>,
    wanted: &[PropertyExpansion],
    properties: &mut [PropertyDto],
) -> Result<(), Problem> {
    include_hosts(ports, actor, wanted, properties).await?;
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

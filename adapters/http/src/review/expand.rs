//! Resources that are included in reviews.

use serde::Deserialize;
use sojourn_application::ports::Ports;
use sojourn_application::related::{RelatedIds, load_related};
use sojourn_domain::shared::{Actor, Violations};
use utoipa::{IntoParams, ToSchema};

use super::dto::ReviewDto;
use crate::problem::Problem;
use crate::wire::expansion::{Expansion, parse_expand};

/// Resource that can be included in a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewExpansion {
    /// The property.
    Property,
    /// Public profile of the author.
    Reviewer,
}

impl Expansion for ReviewExpansion {
    const NAMES: &'static [(&'static str, Self)] =
        &[("property", Self::Property), ("reviewer", Self::Reviewer)];
}

/// Resources to include.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExpandParams {
    /// Resources to include in each review, separated by commas, as their own operations show them to the caller.
    #[param(value_type = Option<Vec<ReviewExpansion>>, style = Form, explode = false, min_items = 1)]
    expand: Option<String>,
}

impl ExpandParams {
    /// The resources.
    pub fn parse(self) -> Result<Vec<ReviewExpansion>, Violations> {
        parse_expand(self.expand.as_deref())
    }
}

/// Includes resources in reviews, in a number of statements that does not depend on the number of reviews.
pub async fn include(
    ports: &Ports,
    actor: Option<&Actor>,
    wanted: &[ReviewExpansion],
    reviews: &mut [ReviewDto],
) -> Result<(), Problem> {
    let wants = |it| wanted.contains(&it);
    let mut ids = RelatedIds::default();
    for review in &*reviews {
        ids.users
            .extend(wants(ReviewExpansion::Reviewer).then_some(review.reviewer_id));
        ids.properties
            .extend(wants(ReviewExpansion::Property).then_some(review.property_id));
    }
    let related = load_related(ports, actor, ids).await?;
    for review in reviews {
        review.reviewer = related.profiles.get(&review.reviewer_id).map(Into::into);
        let property = related.properties.get(&review.property_id);
        review.property = property.map(|it| Box::new(it.into()));
    }
    Ok(())
}

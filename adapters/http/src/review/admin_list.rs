//! `GET /admin/reviews`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::ports::AnyReviews;
use sojourn_application::review;
use sojourn_domain::review::Subject;
use sojourn_domain::shared::Violations;
use utoipa::IntoParams;

use super::dto::{ReviewDto, ReviewList};
use super::expand::{ExpandParams, include};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;
use crate::wire::enums::SubjectSchema;
use crate::wire::pagination::{CursorScope, PageParams, both, list, list_request};

/// Filters of reviews.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AnyReviewParams {
    /// Only reviews of this property, and of guests for their stays there.
    #[param(format = "uuid")]
    property_id: Option<String>,
    /// Only reviews by this account.
    #[param(format = "uuid")]
    reviewer_id: Option<String>,
    /// Only reviews of this subject.
    #[param(value_type = Option<SubjectSchema>)]
    subject: Option<String>,
}

impl AnyReviewParams {
    fn parse(self) -> Result<AnyReviews, Violations> {
        let mut found = Violations::new();
        let filter = AnyReviews {
            property: self
                .property_id
                .and_then(|id| parse_enum(&mut found, "/property_id", &id, |id| id.parse().ok())),
            reviewer: self
                .reviewer_id
                .and_then(|id| parse_enum(&mut found, "/reviewer_id", &id, |id| id.parse().ok())),
            subject: self.subject.and_then(|text| {
                parse_enum(&mut found, "/subject", &text, |text| {
                    text.parse::<Subject>().ok()
                })
            }),
        };
        found.into_result(filter)
    }
}

/// List all reviews
///
/// Published or not, newest first. Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/admin/reviews", operation_id = "list_any_reviews", tag = "admin",
    params(AnyReviewParams, ExpandParams, PageParams),
    responses((status = 200, description = "A page of reviews", body = ReviewList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn admin_list_reviews(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<AnyReviewParams>,
    expand: Params<ExpandParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let request = list_request(&state, &scope, params, page, AnyReviewParams::parse);
    let ((filter, page), wanted) = both(request, expand.parse(ExpandParams::parse))?;
    let page = review::list_all(&state.ports, &who.actor, filter, page).await?;
    let mut found = list(&state, page.map(|view| ReviewDto::from(&view)), &scope);
    include(&state.ports, Some(&who.actor), &wanted, &mut found.data).await?;
    Ok(HttpResponse::Ok().json(found))
}

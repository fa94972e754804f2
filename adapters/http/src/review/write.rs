//! `POST /reviews`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::review::{self, WriteReview};
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

use super::dto::ReviewDto;
use super::input::{CategoriesInput, ReviewTextInput};
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::response::created;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;

/// A review of a stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewInput {
    /// Id of the booking.
    #[schema(format = "uuid")]
    booking_id: String,
    /// Overall rating, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    rating: u8,
    /// Ratings by category.
    #[serde(default)]
    categories: CategoriesInput,
    /// Public comment.
    #[schema(min_length = 1, max_length = 5000)]
    public_comment: String,
    /// Private note for the reviewed party.
    #[schema(min_length = 1, max_length = 5000)]
    private_note: Option<String>,
}

impl ReviewInput {
    fn parse(self) -> Result<WriteReview, Violations> {
        let mut found = Violations::new();
        let booking_id = parse_enum(&mut found, "/booking_id", &self.booking_id, |text| {
            text.parse().ok()
        });
        let Self {
            rating,
            categories,
            public_comment,
            private_note,
            ..
        } = self;
        let text = ReviewTextInput {
            rating,
            categories,
            public_comment,
            private_note,
        };
        booking_id
            .map(|booking_id| WriteReview {
                booking_id,
                text: text.into(),
            })
            .ok_or(found)
    }
}

/// Review a stay
///
/// The guest reviews the property, the host reviews the guest. Reviews are published once both are
/// written or the review period ends.
#[utoipa::path(
    post, path = "/v1/reviews", operation_id = "create_review", tag = "reviews",
    request_body = ReviewInput,
    responses((status = 201, description = "The review", body = ReviewDto, links(
            ("get_review" = (operation_id = "get_review", parameters(("review_id" = "$response.body#/id")))),
            ("update_review" = (operation_id = "update_review", parameters(("review_id" = "$response.body#/id")))),
            ("respond_to_review" = (operation_id = "respond_to_review", parameters(("review_id" = "$response.body#/id")))),
            ("delete_review" = (operation_id = "delete_review", parameters(("review_id" = "$response.body#/id"))))
        )), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn create_review(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    input: Body<ReviewInput>,
) -> Result<HttpResponse, Problem> {
    let review = input.parse(ReviewInput::parse)?;
    let made = review::write(&state.ports, &who.actor, review).await?;
    let body = ReviewDto::from(&made);
    Ok(created(
        &request,
        "/v1/reviews",
        &made.id,
        made.version,
        &body,
    ))
}

//! Mutations of reviews.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::review;
use sojourn_domain::review::ReviewText;

use super::payload::{DonePayload, ReviewPayload, begin};
use crate::context::ApiResult;
use crate::inputs::{ReviewChanges, WriteReviewInput};
use crate::scalars::Id;

/// Changes of a review.
#[derive(InputObject)]
pub(crate) struct UpdateReviewInput {
    /// Id of the review.
    review_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// The changes.
    changes: ReviewChanges,
}

/// A review to delete.
#[derive(InputObject)]
pub(crate) struct DeleteReviewInput {
    /// Id of the review.
    review_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
}

/// A public response to a review.
#[derive(InputObject)]
pub(crate) struct RespondToReviewInput {
    /// Id of the review.
    review_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// Text of the response, 1 to 5000 characters.
    text: String,
}

#[derive(Default)]
pub(crate) struct ReviewMutations;

#[Object]
impl ReviewMutations {
    /// Reviews a stay. The guest reviews the property, the host reviews the guest. Reviews are published once both are
    /// written or the review period ends.
    async fn write_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The review.")] input: WriteReviewInput,
    ) -> ApiResult<ReviewPayload> {
        let call = begin(ctx);
        let view = review::write(&call.ports, call.actor()?, input.into()).await?;
        Ok(view.into())
    }

    /// Updates a review, by its author until it is published.
    async fn update_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: UpdateReviewInput,
    ) -> ApiResult<ReviewPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.review_id.into());
        let changes = input.changes;
        let change = move |text: &ReviewText| Ok(changes.apply(text));
        let expected = input.expected_version;
        let view = review::edit(&call.ports, actor, id, &change, expected).await?;
        Ok(view.into())
    }

    /// Deletes a review, by its author until it is published, by an operator at any time.
    async fn delete_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The review.")] input: DeleteReviewInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.review_id.into());
        review::delete(&call.ports, actor, id, input.expected_version).await?;
        Ok(DonePayload::DONE)
    }

    /// Responds to a review, by the reviewed party, in public and only once.
    async fn respond_to_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The response.")] input: RespondToReviewInput,
    ) -> ApiResult<ReviewPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.review_id.into());
        let expected = input.expected_version;
        let view = review::respond(&call.ports, actor, id, input.text, expected).await?;
        Ok(view.into())
    }
}

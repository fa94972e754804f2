//! Permissions of a review.

use sojourn_domain::review::Review;
use sojourn_domain::shared::{Actor, ReviewId};

use crate::access::PermissionError;
use crate::ports::Ports;

/// Permission to edit a review: its author's.
///
/// # Errors
/// [`PermissionError`].
pub async fn permit_edit(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
) -> Result<(), PermissionError> {
    load_to_edit(ports, actor, id).await.map(drop)
}

/// Permission to delete a review: its author's and that of operators.
///
/// # Errors
/// [`PermissionError`].
pub async fn permit_deletion(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
) -> Result<(), PermissionError> {
    let review = load_visible(ports, actor, id).await?;
    if actor.admin || review.reviewer_id == actor.user_id {
        Ok(())
    } else {
        Err(PermissionError::Forbidden)
    }
}

/// Permission to respond to a review: that of the reviewed user.
///
/// # Errors
/// [`PermissionError`].
pub async fn permit_response(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
) -> Result<(), PermissionError> {
    load_to_respond(ports, actor, id).await.map(drop)
}

/// The review, if the caller may edit it.
pub(super) async fn load_to_edit(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
) -> Result<Review, PermissionError> {
    let review = load_visible(ports, actor, id).await?;
    if review.reviewer_id == actor.user_id {
        Ok(review)
    } else {
        Err(PermissionError::Forbidden)
    }
}

/// The review, if the caller may respond to it.
pub(super) async fn load_to_respond(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
) -> Result<Review, PermissionError> {
    let review = load_visible(ports, actor, id).await?;
    if review.addressee_id == actor.user_id {
        Ok(review)
    } else {
        Err(PermissionError::Forbidden)
    }
}

async fn load_visible(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
) -> Result<Review, PermissionError> {
    let review = ports.reviews.get(id).await?;
    review
        .filter(|it| it.visible_to(Some(actor)))
        .ok_or(PermissionError::NotFound)
}

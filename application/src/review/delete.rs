//! Deleting a review.

use sojourn_domain::review::{ReviewChange, ReviewError};
use sojourn_domain::shared::{Actor, AuditSubject, RepositoryError, ReviewId};

use super::failures::PUBLISHED;
use crate::audit::changed_by_operator;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of deleting a review.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// No such review, or it is not visible to the caller.
    #[error("no such review")]
    NotFound,
    /// Only the author and operators can delete it.
    #[error("only the author and operators can delete a review")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the review was changed concurrently")]
    Stale,
    /// The review is published.
    #[error("a published review cannot be deleted")]
    Refused,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for DeleteError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::Refused => Failure::conflict(
                "wrong_state",
                "A published review cannot be deleted by its author.",
            )
            .with_member("state", PUBLISHED),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Deletes a blind review as its author, or any review as an operator; it no longer counts towards
/// ratings.
///
/// # Errors
/// [`DeleteError`].
pub async fn delete(
    ports: &Ports,
    actor: &Actor,
    id: ReviewId,
    expected: Option<i64>,
) -> Result<(), DeleteError> {
    retry_on_conflict(|| async {
        let review = ports.reviews.get(id).await?;
        let review = review
            .filter(|it| it.visible_to(Some(actor)))
            .ok_or(DeleteError::NotFound)?;
        if expected.is_some_and(|version| version != review.version) {
            return Err(DeleteError::Stale);
        }
        let subject = review.booking_id.map_or(
            AuditSubject::Property(review.property_id),
            AuditSubject::Booking,
        );
        let now = ports.clock.now();
        let audit = changed_by_operator(actor, review.reviewer_id, subject, now)
            .map(|entry| entry.with_result(format!("review {id} removed")));
        let change = review
            .withdraw(actor, ports.terms.counted_review_days, now)
            .map_err(|error| match error {
                ReviewError::NotAllowed => DeleteError::Forbidden,
                ReviewError::NotReviewable(_)
                | ReviewError::WindowOver(_)
                | ReviewError::Published
                | ReviewError::NotAnswerable(_)
                | ReviewError::Invalid(_) => DeleteError::Refused,
            })?;
        let change = ReviewChange { audit, ..change };
        Ok(unless_stale(ports.reviews.commit(change).await, ())?)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, listed, operator, review, stranger, user,
    };

    #[tokio::test]
    async fn a_removal_by_an_admin_is_recorded() {
        for (actor, published, recorded) in [(stranger(), false, false), (operator(), true, true)] {
            let mut test = TestPorts::new();
            test.reviews
                .expect_get()
                .return_once(move |_| Ok(Some(review(published))));
            test.reviews
                .expect_commit()
                .once()
                .return_once(move |change| {
                    let subject = change.audit.and_then(|entry| entry.subject);
                    let expected = recorded.then_some(AuditSubject::Property(listed().id));
                    assert_eq!(subject, expected);
                    Ok(())
                });
            let id = review(published).id;
            assert_eq!(delete(&test.ports(), &actor, id, None).await, Ok(()));
        }
    }

    #[tokio::test]
    async fn the_reviewed_side_cannot_remove_a_review() {
        let mut test = TestPorts::new();
        test.reviews
            .expect_get()
            .return_once(|_| Ok(Some(review(true))));
        let refused = delete(&test.ports(), &actor_of(&user()), review(true).id, None).await;
        assert_eq!(refused, Err(DeleteError::Forbidden));
    }
}

//! Deleting a review.

use sojourn_domain::review::ReviewError;
use sojourn_domain::shared::{Actor, AuditSubject, RepositoryError, ReviewId};

use crate::audit::{changed_by_operator, record};
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
            ),
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
    let removed = retry_on_conflict(|| async {
        let review = ports.reviews.get(id).await?;
        let review = review
            .filter(|it| it.visible_to(Some(actor)))
            .ok_or(DeleteError::NotFound)?;
        if expected.is_some_and(|version| version != review.version) {
            return Err(DeleteError::Stale);
        }
        let change =
            review
                .clone()
                .withdraw(actor, ports.clock.now())
                .map_err(|error| match error {
                    ReviewError::NotAllowed => DeleteError::Forbidden,
                    ReviewError::NotReviewable
                    | ReviewError::WindowOver(_)
                    | ReviewError::Published
                    | ReviewError::NotAnswerable
                    | ReviewError::Invalid(_) => DeleteError::Refused,
                })?;
        Ok::<_, DeleteError>(unless_stale(ports.reviews.commit(change).await, review)?)
    })
    .await?;
    let subject = removed.booking_id.map_or(
        AuditSubject::Property(removed.property_id),
        AuditSubject::Booking,
    );
    let entry = changed_by_operator(actor, removed.reviewer_id, subject, ports.clock.now());
    record(
        ports,
        entry.map(|entry| entry.with_reason(format!("review {id} removed"))),
    )
    .await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, listed, operator, review, stranger, user,
    };

    #[tokio::test]
    async fn a_removal_by_an_admin_is_recorded() {
        for (actor, published, lines) in [(stranger(), false, 0), (operator(), true, 1)] {
            let mut test = TestPorts::new();
            test.reviews
                .expect_get()
                .return_once(move |_| Ok(Some(review(published))));
            test.reviews.expect_commit().once().return_once(|_| Ok(()));
            test.audit
                .expect_append()
                .times(lines)
                .withf(|entry| entry.subject == Some(AuditSubject::Property(listed().id)))
                .returning(|_| Ok(()));
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

//! Deleting a property.

use sojourn_domain::property::{PropertyDeletion, PropertyDeletionError};
use sojourn_domain::shared::{Actor, AuditSubject, PropertyId, RepositoryError};

use super::permission::load_to_change;
use crate::access::PermissionError;
use crate::audit::changed_by_operator;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::retry_on_conflict;

/// Errors of deleting a property.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// No such property, or it is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// The resource belongs to another account.
    #[error("only the host may do this")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the property was changed concurrently")]
    Stale,
    /// The property has bookings that are held, awaited, confirmed or checked in.
    #[error("the property has active bookings")]
    HasBookings,
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
            Self::HasBookings => Failure::conflict(
                "bookings_ahead",
                "A property with active bookings cannot be deleted.",
            ),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PermissionError> for DeleteError {
    fn from(error: PermissionError) -> Self {
        match error {
            PermissionError::NotFound => Self::NotFound,
            PermissionError::Forbidden => Self::Forbidden,
            PermissionError::Store(error) => Self::Store(error),
        }
    }
}

/// Deletes a property without active bookings. It is kept for its past bookings, and is hidden from all
/// others.
///
/// # Errors
/// [`DeleteError`].
pub async fn delete(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    expected: Option<i64>,
) -> Result<(), DeleteError> {
    retry_on_conflict(|| async move {
        let property = load_to_change(ports, actor, id).await?;
        if expected.is_some_and(|version| version != property.version) {
            return Err(DeleteError::Stale);
        }
        if ports.booking_queries.has_active_bookings(id).await? {
            return Err(DeleteError::HasBookings);
        }
        let at = ports.clock.now();
        let entry = changed_by_operator(actor, property.host_id, AuditSubject::Property(id), at);
        let deletion = PropertyDeletion {
            id,
            version: property.version,
            at,
            audit: entry.map(|entry| entry.with_result("removed")),
        };
        match ports.properties.delete(deletion).await {
            Ok(()) => Ok(Some(())),
            Err(PropertyDeletionError::Stale) => Ok(None),
            Err(PropertyDeletionError::HasBookings) => Err(DeleteError::HasBookings),
            Err(PropertyDeletionError::Repository(error)) => Err(error.into()),
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, actor_of, listed, operator, user};

    #[tokio::test]
    async fn refused_while_bookings_are_ahead_or_made_concurrently() {
        for ahead in [true, false] {
            let mut test = TestPorts::new();
            test.properties
                .expect_get()
                .return_once(|_| Ok(Some(listed())));
            test.booking_queries
                .expect_has_active_bookings()
                .return_once(move |_| Ok(ahead));
            test.properties
                .expect_delete()
                .times(usize::from(!ahead))
                .returning(|_| Err(PropertyDeletionError::HasBookings));
            let refused = delete(&test.ports(), &actor_of(&user()), listed().id, None).await;
            assert_eq!(refused, Err(DeleteError::HasBookings));
        }
    }

    #[tokio::test]
    async fn a_removal_by_an_admin_is_recorded() {
        for (actor, audited) in [(actor_of(&user()), false), (operator(), true)] {
            let mut test = TestPorts::new();
            test.properties
                .expect_get()
                .return_once(|_| Ok(Some(listed())));
            test.booking_queries
                .expect_has_active_bookings()
                .return_once(|_| Ok(false));
            test.properties
                .expect_delete()
                .once()
                .withf(move |deletion| {
                    let entry = deletion.audit.as_ref();
                    let subject = entry.and_then(|entry| entry.subject);
                    let recorded = subject == Some(AuditSubject::Property(listed().id));
                    deletion.version == listed().version && recorded == audited
                })
                .return_once(|_| Ok(()));
            assert_eq!(
                delete(&test.ports(), &actor, listed().id, None).await,
                Ok(())
            );
        }
    }
}

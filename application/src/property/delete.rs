//! Removing a property.

use sojourn_domain::shared::{Actor, CommitError, PropertyId, StoreError};

use super::reach::{Reach, reach};
use crate::ports::Ports;
use crate::retry::retrying_stale;

/// Why a property stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// No such property, or none that the asker may know of.
    #[error("no such property")]
    NotFound,
    /// It is somebody else's.
    #[error("only the host may do this")]
    Forbidden,
    /// It is at another version than the asker thinks.
    #[error("changed meanwhile")]
    Stale,
    /// Bookings name it: ahead, or in its past, which is kept.
    #[error("the property has bookings")]
    BookingsAhead,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Removes a property that never had a booking. One that had can only be taken off.
///
/// # Errors
/// [`DeleteError`].
pub async fn delete(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    expected: Option<i64>,
) -> Result<(), DeleteError> {
    retrying_stale(|| async move {
        let property = match reach(ports, actor, id).await? {
            Reach::Manages(property) => *property,
            Reach::Sees => return Err(DeleteError::Forbidden),
            Reach::Nothing => return Err(DeleteError::NotFound),
        };
        if expected.is_some_and(|version| version != property.version) {
            return Err(DeleteError::Stale);
        }
        if ports.queries.has_bookings_ahead(id).await? {
            return Err(DeleteError::BookingsAhead);
        }
        match ports.properties.delete(id, property.version).await {
            Ok(()) => Ok(Some(())),
            Err(CommitError::Stale) => Ok(None),
            Err(CommitError::Exists | CommitError::NightsTaken(_)) => Err(DeleteError::BookingsAhead),
            Err(CommitError::Store(error)) => Err(error.into()),
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_ports::{TestPorts, actor_of, listed, user};

    #[tokio::test]
    async fn refused_while_bookings_are_ahead_or_behind() {
        for ahead in [true, false] {
            let mut test = TestPorts::new();
            test.properties.expect_get().return_once(|_| Ok(Some(listed())));
            test.queries.expect_has_bookings_ahead().return_once(move |_| Ok(ahead));
            test.properties
                .expect_delete()
                .times(usize::from(!ahead))
                .returning(|_, _| Err(CommitError::Exists));
            let refused = delete(&test.ports(), &actor_of(&user()), listed().id, None).await;
            assert_eq!(refused, Err(DeleteError::BookingsAhead));
        }
    }
}

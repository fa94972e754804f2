//! Reading a property.

use sojourn_domain::shared::{Actor, PropertyId, RepositoryError};

use super::views::PropertyView;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of reading a property.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GetError {
    /// No such property, or it is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for GetError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// A property as visible to the caller. Its host, operators and guests with a confirmed booking see
/// it in any status with its exact location; others only while listed, with an approximate
/// location.
///
/// # Errors
/// [`GetError`].
pub async fn get(
    ports: &Ports,
    actor: Option<&Actor>,
    id: PropertyId,
) -> Result<PropertyView, GetError> {
    let property = ports.properties.get(id).await?.ok_or(GetError::NotFound)?;
    let exact = match actor {
        Some(actor) => {
            property.managed_by(actor)
                || ports
                    .booking_queries
                    .has_confirmed_booking(actor.user_id, id)
                    .await?
        }
        None => false,
    };
    if exact || property.visible_to(actor) {
        Ok(PropertyView::new(property, exact))
    } else {
        Err(GetError::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::Property;

    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, complete_details, draft, listed, stranger, user,
    };

    async fn seen_by(property: Property, actor: Option<&Actor>) -> Result<bool, GetError> {
        let mut test = TestPorts::new();
        let id = property.id;
        test.properties
            .expect_get()
            .return_once(move |_| Ok(Some(property)));
        test.booking_queries
            .expect_has_confirmed_booking()
            .returning(|_, _| Ok(false));
        get(&test.ports(), actor, id).await.map(|view| view.exact)
    }

    #[tokio::test]
    async fn strangers_see_listed_ones_roughly() {
        let host = actor_of(&user());
        assert_eq!(seen_by(listed(), None).await, Ok(false));
        assert_eq!(seen_by(listed(), Some(&stranger())).await, Ok(false));
        assert_eq!(
            seen_by(draft(complete_details()), Some(&stranger())).await,
            Err(GetError::NotFound)
        );
        assert_eq!(
            seen_by(draft(complete_details()), None).await,
            Err(GetError::NotFound)
        );
        assert_eq!(
            seen_by(draft(complete_details()), Some(&host)).await,
            Ok(true)
        );
    }
}

//! Creating a property.

use sojourn_domain::property::{Property, PropertyChange, PropertyDetails};
use sojourn_domain::shared::{Actor, CommitError, PropertyId, RepositoryError, Violations};

use super::least_prices::check_least_prices;
use super::views::PropertyView;
use crate::attempt;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// The most properties of a host that are not listed.
const MAX_UNLISTED: u64 = 200;

/// Errors of creating a property.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The host has as many properties that are not listed as one may have.
    #[error("a host has at most {MAX_UNLISTED} properties that are not listed")]
    TooManyUnlisted,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for CreateError {
    fn failure(&self) -> Failure {
        match self {
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::TooManyUnlisted => Failure::conflict(
                "too_many_drafts",
                format!(
                    "You have {MAX_UNLISTED} properties that are not listed. Publish or delete one first."
                ),
            ),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Creates a draft for the caller. It may be incomplete. A repeated request gets the draft that it created.
///
/// # Errors
/// [`CreateError`].
pub async fn create(
    ports: &Ports,
    actor: &Actor,
    details: PropertyDetails,
) -> Result<PropertyView, CreateError> {
    let made = attempt::prior().map(|made| PropertyId::new(made.id));
    let id = made.unwrap_or_else(|| PropertyId::new(ports.ids.uuid()));
    let pricing = details.pricing.clone();
    let property = Property::draft(id, actor.user_id, details, ports.clock.now())
        .map_err(CreateError::Invalid)?;
    check_least_prices(&ports.terms, None, pricing.as_ref()).map_err(CreateError::Invalid)?;
    if made.is_some() {
        let stored = ports.properties.get(id).await?;
        let own = stored.filter(|it| it.host_id == actor.user_id);
        return Ok(PropertyView::whole(own.unwrap_or(property)));
    }
    let unlisted = ports.property_queries.count_unlisted(actor.user_id);
    if unlisted.await? >= MAX_UNLISTED {
        return Err(CreateError::TooManyUnlisted);
    }
    let change = PropertyChange {
        max_unlisted: Some(MAX_UNLISTED),
        ..PropertyChange::of(property.clone())
    };
    match ports.properties.commit(change).await {
        Ok(()) => Ok(PropertyView::whole(property)),
        // Others were created concurrently.
        Err(CommitError::Stale) => Err(CreateError::TooManyUnlisted),
        Err(CommitError::Repository(error)) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, actor_of, user};

    #[tokio::test]
    async fn the_properties_of_a_host_that_are_not_listed_are_limited() {
        let stale = Err(CommitError::Stale);
        for (unlisted, commit, creates) in [
            (199, Some(Ok(())), true),
            (199, Some(stale), false),
            (200, None, false),
        ] {
            let mut test = TestPorts::new();
            test.property_queries
                .expect_count_unlisted()
                .return_once(move |_| Ok(unlisted));
            if let Some(outcome) = commit {
                test.properties
                    .expect_commit()
                    .withf(|change| change.max_unlisted == Some(MAX_UNLISTED))
                    .return_once(|_| outcome);
            }
            let made = create(
                &test.ports(),
                &actor_of(&user()),
                PropertyDetails::default(),
            )
            .await;
            match made {
                Ok(_) => assert!(creates),
                Err(error) => assert_eq!((error, creates), (CreateError::TooManyUnlisted, false)),
            }
        }
    }
}

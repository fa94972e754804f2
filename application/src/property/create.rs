//! Creating a property.

use sojourn_domain::property::{Property, PropertyChange, PropertyDetails};
use sojourn_domain::shared::{Actor, PropertyId, RepositoryError, Violations};

use super::least_prices::check_least_prices;
use super::views::PropertyView;
use crate::attempt;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of creating a property.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// Invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for CreateError {
    fn failure(&self) -> Failure {
        match self {
            Self::Invalid(found) => Failure::invalid(found.clone()),
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
    let change = PropertyChange::of(property.clone());
    let commit = ports.properties.commit(change).await;
    commit.map_err(RepositoryError::from)?;
    Ok(PropertyView::whole(property))
}

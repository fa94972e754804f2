//! Editing a property.

use sojourn_domain::property::{PropertyChange, PropertyDetails, PropertyTransitionError};
use sojourn_domain::shared::{Actor, AuditSubject, PropertyId, RepositoryError, Violations};

use super::least_prices::check_least_prices;
use super::permission::load_to_change;
use super::views::PropertyView;
use crate::access::PermissionError;
use crate::audit::changed_by_operator;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of editing a property.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UpdateError {
    /// No such property, or it is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// The resource belongs to another account.
    #[error("only the host may do this")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the property was changed concurrently")]
    Stale,
    /// Fields that are invalid, or required for a listed property.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for UpdateError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

impl From<PermissionError> for UpdateError {
    fn from(error: PermissionError) -> Self {
        match error {
            PermissionError::NotFound => Self::NotFound,
            PermissionError::Forbidden => Self::Forbidden,
            PermissionError::Store(error) => Self::Store(error),
        }
    }
}

/// Edits a property by applying the patch to the stored details.
///
/// # Errors
/// [`UpdateError`].
pub async fn update(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    patch: &(dyn Fn(&PropertyDetails) -> Result<PropertyDetails, Violations> + Send + Sync),
    expected: Option<i64>,
) -> Result<PropertyView, UpdateError> {
    retry_on_conflict(|| async move {
        let property = load_to_change(ports, actor, id).await?;
        if expected.is_some_and(|version| version != property.version) {
            return Err(UpdateError::Stale);
        }
        let details = patch(&property.details).map_err(UpdateError::Invalid)?;
        let before = property.details.pricing.clone();
        let property =
            property
                .edit(actor, details, ports.clock.now())
                .map_err(|error| match error {
                    PropertyTransitionError::Invalid(found) => UpdateError::Invalid(found),
                    PropertyTransitionError::NotHost | PropertyTransitionError::WrongState(_) => {
                        UpdateError::Forbidden
                    }
                })?;
        let after = property.details.pricing.as_ref();
        check_least_prices(&ports.terms, before.as_ref(), after).map_err(UpdateError::Invalid)?;
        let subject = AuditSubject::Property(id);
        let audit = changed_by_operator(actor, property.host_id, subject, property.updated_at)
            .map(|entry| entry.with_result("details"));
        let change = PropertyChange {
            audit,
            ..PropertyChange::of(property.clone())
        };
        let commit = ports.properties.commit(change).await;
        Ok(unless_stale(commit, property)?)
    })
    .await
    .map(PropertyView::whole)
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::CommitError;

    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, complete_details, draft, listed, operator, stranger, user,
    };

    fn retitle(details: &PropertyDetails) -> Result<PropertyDetails, Violations> {
        Ok(PropertyDetails {
            title: Some("Attic".into()),
            ..details.clone()
        })
    }

    async fn refusal(
        property: sojourn_domain::property::Property,
        actor: &Actor,
        expected: Option<i64>,
    ) -> UpdateError {
        let mut test = TestPorts::new();
        let id = property.id;
        test.properties
            .expect_get()
            .return_once(move |_| Ok(Some(property)));
        update(&test.ports(), actor, id, &retitle, expected)
            .await
            .unwrap_err()
    }

    #[tokio::test]
    async fn strangers_and_old_versions_change_nothing() {
        let host = actor_of(&user());
        assert_eq!(
            refusal(listed(), &stranger(), None).await,
            UpdateError::Forbidden
        );
        assert_eq!(
            refusal(draft(complete_details()), &stranger(), None).await,
            UpdateError::NotFound
        );
        assert_eq!(refusal(listed(), &host, Some(4)).await, UpdateError::Stale);
    }

    #[tokio::test]
    async fn a_concurrent_edit_is_reapplied_to_the_stored_version() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .times(2)
            .returning(|_| Ok(Some(listed())));
        let mut stale = true;
        test.properties
            .expect_commit()
            .times(2)
            .returning(move |_| {
                if std::mem::take(&mut stale) {
                    Err(CommitError::Stale)
                } else {
                    Ok(())
                }
            });
        let edited = update(
            &test.ports(),
            &actor_of(&user()),
            listed().id,
            &retitle,
            None,
        )
        .await
        .unwrap();
        assert_eq!(
            (edited.details.title.as_deref(), edited.version),
            (Some("Attic"), 2)
        );
    }
    #[tokio::test]
    async fn an_edit_by_an_admin_is_recorded() {
        for (actor, written) in [(actor_of(&user()), false), (operator(), true)] {
            let mut test = TestPorts::new();
            test.properties
                .expect_get()
                .return_once(|_| Ok(Some(listed())));
            test.properties
                .expect_commit()
                .once()
                .withf(move |change| change.audit.is_some() == written)
                .return_once(|_| Ok(()));
            assert!(
                update(&test.ports(), &actor, listed().id, &retitle, None)
                    .await
                    .is_ok()
            );
        }
    }
}

//! Publishing a property.

use sojourn_domain::property::{Property, PropertyChange, PropertyStatus, PropertyTransitionError};
use sojourn_domain::shared::{Actor, AuditSubject, PropertyId, RepositoryError, Violations};

use super::access::{Access, access_to};
use super::unpublish::unlist;
use super::views::PropertyView;
use crate::attempt;
use crate::audit::changed_by_operator;
use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of publishing or unlisting a property.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishError {
    /// No such property, or it is not visible to the caller.
    #[error("no such property")]
    NotFound,
    /// The resource belongs to another account.
    #[error("only the host may do this")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the property was changed concurrently")]
    Stale,
    /// The property is already listed, or is suspended.
    #[error("not possible for a property with the status {0}")]
    WrongState(PropertyStatus),
    /// Missing or invalid fields.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl From<PropertyTransitionError> for PublishError {
    fn from(error: PropertyTransitionError) -> Self {
        match error {
            PropertyTransitionError::NotHost => Self::Forbidden,
            PropertyTransitionError::WrongState(status) => Self::WrongState(status),
            PropertyTransitionError::Invalid(found) => Self::Invalid(found),
        }
    }
}

impl UseCaseError for PublishError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::WrongState(status) => {
                let detail =
                    format!("This is not possible for a property with the status {status}.");
                Failure::conflict("wrong_state", detail).with_member("state", status.as_str())
            }
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Publishes a property, so that it can be found and booked. Its host's account must be active.
///
/// # Errors
/// [`PublishError`], with all missing fields.
pub async fn publish(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    expected: Option<i64>,
) -> Result<PropertyView, PublishError> {
    let property = retry_on_conflict(|| async move {
        let property = load_managed(ports, actor, id, expected).await?;
        if attempt::is_done() {
            return Ok(Some(property));
        }
        let active = has_active_host(ports, &property).await?;
        let before = property.status;
        store(
            ports,
            actor,
            before,
            property.publish(actor, active, ports.clock.now())?,
        )
        .await
    })
    .await?;
    if has_active_host(ports, &property).await? {
        return Ok(PropertyView::whole(property));
    }
    // The host was concurrently suspended or erased, and its listed properties were processed just
    // before this one was published.
    match unlist(ports, actor, id, None).await {
        Ok(_) | Err(PublishError::WrongState(_)) => {
            Err(PublishError::Invalid(inactive_host_violation()))
        }
        Err(error) => Err(error),
    }
}

async fn has_active_host(ports: &Ports, property: &Property) -> Result<bool, RepositoryError> {
    Ok(ports
        .users
        .get(property.host_id)
        .await?
        .is_some_and(|host| host.is_active()))
}

fn inactive_host_violation() -> Violations {
    let mut found = Violations::new();
    found.add(
        "/host_id",
        "unverified",
        "the host's account must be active",
    );
    found
}

/// The property, if the caller manages it and its version matches the expected one.
pub(super) async fn load_managed(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    expected: Option<i64>,
) -> Result<Property, PublishError> {
    let expected = attempt::expected_version(expected);
    match access_to(ports, actor, id).await? {
        Access::Manage(property) if expected.is_some_and(|version| version != property.version) => {
            Err(PublishError::Stale)
        }
        Access::Manage(property) => Ok(*property),
        Access::View => Err(PublishError::Forbidden),
        Access::None => Err(PublishError::NotFound),
    }
}

/// Stores a property whose status changed; `None` after a concurrent change.
pub(super) async fn store(
    ports: &Ports,
    actor: &Actor,
    before: PropertyStatus,
    property: Property,
) -> Result<Option<Property>, PublishError> {
    let subject = AuditSubject::Property(property.id);
    let audit = changed_by_operator(actor, property.host_id, subject, property.updated_at)
        .map(|entry| entry.with_change(before.as_str(), property.status.as_str()));
    let change = PropertyChange {
        audit,
        ..PropertyChange::of(property.clone())
    };
    let commit = ports.properties.commit(change).await;
    Ok(unless_stale(commit, property)?)
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::PropertyDetails;
    use sojourn_domain::shared::AuditAction;

    use super::*;
    use crate::property::unpublish;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, complete_details, draft, listed, now, operator, unverified, user,
    };

    #[tokio::test]
    async fn all_missing_details_are_reported_at_once() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(draft(PropertyDetails::default()))));
        test.users
            .expect_get()
            .return_once(|_| Ok(Some(unverified())));
        let refused = publish(&test.ports(), &actor_of(&user()), listed().id, None).await;
        let Err(PublishError::Invalid(found)) = refused else {
            panic!("expected an error")
        };
        let pointers: Vec<_> = found
            .iter()
            .map(|violation| violation.pointer.as_str())
            .collect();
        let expected = [
            "/title",
            "/description",
            "/address/line1",
            "/address/city",
            "/address/country",
            "/location",
            "/time_zone",
            "/max_guests",
            "/pricing/nightly",
            "/host_id",
        ];
        assert_eq!(pointers, expected);
    }

    #[tokio::test]
    async fn a_complete_draft_is_listed_once() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(draft(complete_details()))));
        test.users
            .expect_get()
            .times(2)
            .returning(|_| Ok(Some(user())));
        test.properties
            .expect_commit()
            .once()
            .return_once(|_| Ok(()));
        let property = publish(&test.ports(), &actor_of(&user()), listed().id, Some(1))
            .await
            .unwrap();
        assert_eq!(property.status, PropertyStatus::Listed);

        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(listed())));
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        let again = publish(&test.ports(), &actor_of(&user()), listed().id, None).await;
        assert_eq!(again, Err(PublishError::WrongState(PropertyStatus::Listed)));
    }
    #[tokio::test]
    async fn a_suspended_host_cannot_publish() {
        let mut test = TestPorts::new();
        test.properties
            .expect_get()
            .return_once(|_| Ok(Some(draft(complete_details()))));
        test.users
            .expect_get()
            .return_once(|_| Ok(Some(user().suspend(now()))));
        let refused = publish(&test.ports(), &operator(), listed().id, None).await;
        let Err(PublishError::Invalid(found)) = refused else {
            panic!("expected an error")
        };
        assert_eq!(found.iter().next().unwrap().pointer, "/host_id");
    }

    #[tokio::test]
    async fn only_publishing_by_an_admin_is_recorded() {
        for (actor, written) in [(actor_of(&user()), None), (operator(), Some("unlisted"))] {
            let mut test = TestPorts::new();
            test.properties
                .expect_get()
                .return_once(|_| Ok(Some(listed())));
            test.properties
                .expect_commit()
                .once()
                .withf(move |change| {
                    let entry = change.audit.as_ref();
                    entry.is_none_or(|entry| entry.action == AuditAction::ChangedByOperator)
                        && entry.and_then(|entry| entry.after.as_deref()) == written
                })
                .return_once(|_| Ok(()));
            assert!(
                unpublish(&test.ports(), &actor, listed().id, None)
                    .await
                    .is_ok()
            );
        }
    }
    #[tokio::test]
    async fn a_host_suspended_concurrently_is_unlisted_again() {
        let mut test = TestPorts::new();
        let mut hosts = vec![user().suspend(now()), user()];
        test.users
            .expect_get()
            .times(2)
            .returning(move |_| Ok(hosts.pop()));
        let mut stored = vec![listed(), draft(complete_details())];
        test.properties
            .expect_get()
            .times(2)
            .returning(move |_| Ok(stored.pop()));
        let mut statuses = vec![PropertyStatus::Unlisted, PropertyStatus::Listed];
        test.properties
            .expect_commit()
            .times(2)
            .returning(move |change| {
                assert_eq!(Some(change.property.status), statuses.pop());
                Ok(())
            });
        let refused = publish(&test.ports(), &actor_of(&user()), listed().id, None).await;
        assert_eq!(
            refused,
            Err(PublishError::Invalid(inactive_host_violation()))
        );
    }
}

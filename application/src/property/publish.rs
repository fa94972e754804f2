//! Putting a property up.

use sojourn_domain::property::{Property, PropertyChange, PropertyMoveError};
use sojourn_domain::shared::{Actor, PropertyId, StoreError, Violations};

use super::reach::{Reach, reach};
use crate::ports::Ports;
use crate::retry::{retrying_stale, unless_stale};

/// Why a property was not put up or taken off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishError {
    /// No such property, or none that the asker may know of.
    #[error("no such property")]
    NotFound,
    /// It is somebody else's.
    #[error("only the host may do this")]
    Forbidden,
    /// It is at another version than the asker thinks.
    #[error("changed meanwhile")]
    Stale,
    /// It is there already, or was suspended by an operator.
    #[error("not possible in the state that the property is in")]
    WrongState,
    /// These are missing or wrong.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PropertyMoveError> for PublishError {
    fn from(refusal: PropertyMoveError) -> Self {
        match refusal {
            PropertyMoveError::NotHost => Self::Forbidden,
            PropertyMoveError::WrongState(_) => Self::WrongState,
            PropertyMoveError::Invalid(found) => Self::Invalid(found),
        }
    }
}

/// Puts a property up, so that it can be found and booked.
///
/// # Errors
/// [`PublishError`]: with everything that is missing.
pub async fn publish(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    expected: Option<i64>,
) -> Result<Property, PublishError> {
    retrying_stale(|| async move {
        let property = managed(ports, actor, id, expected).await?;
        let host = ports.users.get(property.host_id).await?;
        let verified = host.is_some_and(|host| host.email_verified);
        let property = property.publish(actor, verified, ports.clock.now())?;
        store(ports, property).await
    })
    .await
}

/// The property, if the actor manages it and it is at the expected version.
pub(super) async fn managed(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
    expected: Option<i64>,
) -> Result<Property, PublishError> {
    match reach(ports, actor, id).await? {
        Reach::Manages(property) if expected.is_some_and(|version| version != property.version) => {
            Err(PublishError::Stale)
        }
        Reach::Manages(property) => Ok(*property),
        Reach::Sees => Err(PublishError::Forbidden),
        Reach::Nothing => Err(PublishError::NotFound),
    }
}

/// Stores the property, or answers with nothing when it changed meanwhile.
pub(super) async fn store(ports: &Ports, property: Property) -> Result<Option<Property>, PublishError> {
    let commit = ports.properties.commit(PropertyChange { property: property.clone() }).await;
    Ok(unless_stale(commit, property)?)
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::{PropertyDetails, PropertyStatus};

    use super::*;
    use crate::test_ports::{TestPorts, actor_of, complete_details, draft, listed, unverified, user};

    #[tokio::test]
    async fn every_missing_point_is_told_at_once() {
        let mut test = TestPorts::new();
        test.properties.expect_get().return_once(|_| Ok(Some(draft(PropertyDetails::default()))));
        test.users.expect_get().return_once(|_| Ok(Some(unverified())));
        let refused = publish(&test.ports(), &actor_of(&user()), listed().id, None).await;
        let Err(PublishError::Invalid(found)) = refused else { panic!("must be refused") };
        let pointers: Vec<_> = found.iter().map(|violation| violation.pointer.as_str()).collect();
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
        test.properties.expect_get().return_once(|_| Ok(Some(draft(complete_details()))));
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        test.properties.expect_commit().once().return_once(|_| Ok(()));
        let property = publish(&test.ports(), &actor_of(&user()), listed().id, Some(1)).await.unwrap();
        assert_eq!(property.status, PropertyStatus::Listed);

        let mut test = TestPorts::new();
        test.properties.expect_get().return_once(|_| Ok(Some(listed())));
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        let again = publish(&test.ports(), &actor_of(&user()), listed().id, None).await;
        assert_eq!(again, Err(PublishError::WrongState));
    }
}

//! Unlisting all properties of an account.

use sojourn_domain::property::{Property, PropertyChange};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, PropertyId, RepositoryError, UserId,
};

use crate::pagination::listed_property_ids;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Unlists every listed property of a host one by one, so that they can no longer be booked.
/// Calling it again resumes after an interruption.
///
/// # Errors
/// [`RepositoryError`].
pub(super) async fn unlist_properties(
    ports: &Ports,
    actor: &Actor,
    host: UserId,
) -> Result<(), RepositoryError> {
    for id in listed_property_ids(ports, host).await? {
        retry_on_conflict(|| unlist(ports, actor, id)).await?;
    }
    Ok(())
}

async fn unlist(
    ports: &Ports,
    actor: &Actor,
    id: PropertyId,
) -> Result<Option<()>, RepositoryError> {
    let (found, now) = (ports.properties.get(id).await?, ports.clock.now());
    // One that is already unlisted is left unchanged.
    let Some(property) = found.and_then(|property| property.withdraw(now)) else {
        return Ok(Some(()));
    };
    let audit = audit_entry(&property, actor, ports);
    let change = PropertyChange {
        audit,
        ..PropertyChange::of(property)
    };
    unless_stale(ports.properties.commit(change).await, ())
}

/// Changes by the property's own host are not recorded.
fn audit_entry(property: &Property, actor: &Actor, ports: &Ports) -> Option<AuditEntry> {
    let subject = AuditSubject::Property(property.id);
    let entry = AuditEntry::of(
        actor,
        AuditAction::ChangedByOperator,
        subject,
        ports.clock.now(),
    );
    (actor.user_id != property.host_id).then(|| entry.with_change("listed", "unlisted"))
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::PropertyStatus;
    use sojourn_domain::shared::{CommitError, Page};

    use super::*;
    use crate::ports::PropertyFilter;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, complete_details, draft, listed, stranger, user,
    };

    fn with_listed_property() -> TestPorts {
        let mut test = TestPorts::new();
        test.property_queries
            .expect_properties()
            .once()
            .withf(|filter, _| {
                *filter
                    == PropertyFilter {
                        status: Some(PropertyStatus::Listed),
                        host: Some(user().id),
                    }
            })
            .return_once(|_, _| {
                Ok(Page {
                    data: vec![listed()],
                    next: None,
                })
            });
        test
    }

    #[tokio::test]
    async fn retries_after_a_concurrent_change_of_a_property() {
        let operator = Actor::operator(stranger().user_id);
        for (actor, lines) in [(actor_of(&user()), false), (operator, true)] {
            let (mut test, mut stale) = (with_listed_property(), true);
            test.properties
                .expect_get()
                .times(2)
                .returning(|_| Ok(Some(listed())));
            test.properties
                .expect_commit()
                .times(2)
                .returning(move |change| {
                    assert_eq!(change.property.status, PropertyStatus::Unlisted);
                    assert_eq!(change.audit.is_some(), lines);
                    if std::mem::take(&mut stale) {
                        Err(CommitError::Stale)
                    } else {
                        Ok(())
                    }
                });
            assert_eq!(
                unlist_properties(&test.ports(), &actor, user().id).await,
                Ok(())
            );
        }
    }

    #[tokio::test]
    async fn a_property_unlisted_concurrently_is_left_alone() {
        for found in [Some(draft(complete_details())), None] {
            let mut test = with_listed_property();
            test.properties
                .expect_get()
                .once()
                .return_once(|_| Ok(found));
            assert_eq!(
                unlist_properties(&test.ports(), &actor_of(&user()), user().id).await,
                Ok(())
            );
        }
    }
}

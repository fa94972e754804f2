//! Resources that others refer to, read together for a page of these.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use sojourn_domain::shared::{Actor, PaymentId, PropertyId, RepositoryError, UserId};

use crate::payment::{self, PaymentView};
use crate::ports::Ports;
use crate::property::{self, PropertyView};
use crate::user::{self, PublicProfile};

/// Ids of resources to read; each may be there more than once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RelatedIds {
    /// Accounts, for their public profiles.
    pub users: Vec<UserId>,
    /// Properties.
    pub properties: Vec<PropertyId>,
    /// Payments.
    pub payments: Vec<PaymentId>,
}

/// Resources as visible to the caller, by id. What the caller may not see is not among them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Related {
    /// Public profiles, also of the caller.
    pub profiles: HashMap<UserId, PublicProfile>,
    /// Properties, each with the place or without, as [`property::get`] returns it.
    pub properties: HashMap<PropertyId, PropertyView>,
    /// Payments of the caller's bookings, or of all for operators.
    pub payments: HashMap<PaymentId, PaymentView>,
}

/// Reads resources in a number of statements that does not depend on the number of ids.
///
/// # Errors
/// [`RepositoryError`].
pub async fn load_related(
    ports: &Ports,
    actor: Option<&Actor>,
    ids: RelatedIds,
) -> Result<Related, RepositoryError> {
    let mut found = Related::default();
    if !ids.users.is_empty() {
        let profiles = user::public_profiles(ports, actor, different(ids.users)).await?;
        found.profiles = by_id(profiles, |it| it.id);
    }
    if !ids.properties.is_empty() {
        let properties = property::get_many(ports, actor, different(ids.properties)).await?;
        found.properties = by_id(properties, |it| it.id);
    }
    if let Some(actor) = actor.filter(|_| !ids.payments.is_empty()) {
        let payments = payment::get_many(ports, actor, different(ids.payments)).await?;
        found.payments = by_id(payments, |it| it.id);
    }
    Ok(found)
}

fn different<T: Ord>(ids: Vec<T>) -> Vec<T> {
    let different: BTreeSet<T> = ids.into_iter().collect();
    different.into_iter().collect()
}

fn by_id<K: Eq + Hash, V>(all: Vec<V>, id: impl Fn(&V) -> K) -> HashMap<K, V> {
    all.into_iter().map(|it| (id(&it), it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, actor_of, listed, user};

    #[tokio::test]
    async fn each_resource_is_read_once_and_payments_for_callers_alone() {
        let mut test = TestPorts::new();
        let account = user();
        let shown = account.clone();
        test.user_queries
            .expect_with_host_flag()
            .withf(|ids| ids.len() == 1)
            .return_once(move |_| Ok(vec![(shown, true)]));
        test.properties
            .expect_get_many()
            .withf(|ids| ids.len() == 1)
            .return_once(|_| Ok(vec![listed()]));
        let ids = RelatedIds {
            users: vec![account.id, account.id],
            properties: vec![listed().id; 3],
            payments: vec![PaymentId::new(uuid::Uuid::nil())],
        };
        let found = load_related(&test.ports(), None, ids).await.unwrap();
        assert!(found.profiles[&account.id].is_host);
        assert!(!found.properties[&listed().id].exact);
        assert!(found.payments.is_empty());
    }

    #[tokio::test]
    async fn what_is_not_asked_for_is_not_read() {
        let ports = TestPorts::new().ports();
        let found = load_related(&ports, Some(&actor_of(&user())), RelatedIds::default()).await;
        assert_eq!(found, Ok(Related::default()));
    }
}

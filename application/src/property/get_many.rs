//! Reading several properties.

use std::collections::HashSet;

use sojourn_domain::shared::{Actor, PropertyId, RepositoryError};

use super::views::PropertyView;
use crate::ports::Ports;

/// Those of the properties that are visible to the caller, each as [`get`](super::get()) returns it, in any order and
/// in two statements at most.
///
/// # Errors
/// [`RepositoryError`].
pub async fn get_many(
    ports: &Ports,
    actor: Option<&Actor>,
    ids: Vec<PropertyId>,
) -> Result<Vec<PropertyView>, RepositoryError> {
    let properties = ports.properties.get_many(&ids).await?;
    let mut exact = HashSet::new();
    if let Some(actor) = actor {
        let (managed, others): (Vec<_>, Vec<_>) =
            properties.iter().partition(|it| it.managed_by(actor));
        exact.extend(managed.into_iter().map(|it| it.id));
        let others: Vec<_> = others.into_iter().map(|it| it.id).collect();
        if !others.is_empty() {
            let queries = &ports.booking_queries;
            exact.extend(
                queries
                    .with_confirmed_booking(actor.user_id, others)
                    .await?,
            );
        }
    }
    let views = properties.into_iter().filter_map(|property| {
        let exact = exact.contains(&property.id);
        let visible = exact || property.visible_to(actor);
        visible.then(|| PropertyView::new(property, exact))
    });
    Ok(views.collect())
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::PropertyStatus;

    use super::*;
    use crate::test_support::test_ports::{TestPorts, listed, stranger};

    #[tokio::test]
    async fn guests_with_a_booking_see_the_place_and_others_what_is_listed() {
        let booked = PropertyId::new(uuid::Uuid::from_u128(77));
        let unlisted = |id| {
            let mut record = listed().into_record();
            record.id = id;
            record.status = PropertyStatus::Unlisted;
            sojourn_domain::property::Property::restore(record).unwrap()
        };
        let hidden = PropertyId::new(uuid::Uuid::from_u128(78));
        let all = vec![listed(), unlisted(booked), unlisted(hidden)];
        let mut test = TestPorts::new();
        test.properties.expect_get_many().return_once(|_| Ok(all));
        test.booking_queries
            .expect_with_confirmed_booking()
            .return_once(move |_, _| Ok(vec![booked]));
        let seen = get_many(&test.ports(), Some(&stranger()), Vec::new()).await;
        let seen: Vec<_> = seen.unwrap().iter().map(|it| (it.id, it.exact)).collect();
        assert_eq!(seen, [(listed().id, false), (booked, true)]);
    }
}

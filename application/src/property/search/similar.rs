//! Finding properties that are like another one.

use sojourn_domain::shared::{Actor, PageRequest, PropertyId};

use crate::ports::{Ports, PropertySearch, SearchSort};
use crate::property::access::find_visible;
use crate::property::get::GetError;
use crate::property::views::PropertyView;

/// Kilometres within which similar properties are.
const RADIUS_KM: f64 = 25.0;

/// The most properties that are compared: the nearest ones.
const MOST_COMPARED: u32 = 100;

/// The listed properties most like a property, the most like first: near it, with the same kind of accommodation and
/// currency, of a like price and size. Their locations are rounded. Two statements.
///
/// # Errors
/// [`GetError`].
pub async fn similar(
    ports: &Ports,
    actor: Option<&Actor>,
    id: PropertyId,
    limit: usize,
) -> Result<Vec<PropertyView>, GetError> {
    let property = find_visible(ports, actor, id)
        .await?
        .ok_or(GetError::NotFound)?;
    let details = &property.details;
    let (Some(location), Some(pricing)) = (details.location, &details.pricing) else {
        return Ok(Vec::new());
    };
    let search = PropertySearch {
        near: Some((location.blurred(), RADIUS_KM)),
        room_type: Some(details.room_type),
        currency: Some(pricing.nightly.currency()),
        sort: SearchSort::Distance,
        at: ports.clock.now(),
        ..PropertySearch::default()
    };
    let nearest = PageRequest {
        limit: MOST_COMPARED,
        after: None,
    };
    let nearest = ports.property_queries.search(search, nearest).await?;
    let others = nearest.data.into_iter().map(|hit| hit.property);
    let mut others: Vec<_> = others
        .filter(|other| other.id != id && other.visible_to(None))
        .map(|other| (details.difference(&other.details), other))
        .collect();
    others.sort_by_key(|(difference, other)| (*difference, other.id));
    let others = others.into_iter().take(limit);
    Ok(others
        .map(|(_, other)| PropertyView::new(other, false))
        .collect())
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::{Property, PropertyStatus};
    use sojourn_domain::shared::Page;
    use uuid::Uuid;

    use super::*;
    use crate::ports::SearchHit;
    use crate::test_support::test_ports::{TestPorts, complete_details, draft, listed};

    fn hit(id: u128, guests: u32, status: PropertyStatus) -> SearchHit {
        let mut record = listed().into_record();
        record.id = PropertyId::new(Uuid::from_u128(id));
        record.details.max_guests = Some(guests);
        record.status = status;
        SearchHit {
            property: Property::restore(record).unwrap(),
            calendar: None,
            position: String::new(),
        }
    }

    #[tokio::test]
    async fn the_most_like_come_first_and_never_the_property_itself() {
        let mut test = TestPorts::new();
        let own = listed();
        let (id, guests) = (own.id, own.details.max_guests.unwrap());
        let itself = SearchHit {
            property: listed(),
            calendar: None,
            position: String::new(),
        };
        test.properties
            .expect_get()
            .return_once(move |_| Ok(Some(own)));
        test.property_queries
            .expect_search()
            .return_once(move |search, page| {
                assert!(search.room_type.is_some() && search.currency.is_some());
                assert_eq!(page.limit, MOST_COMPARED);
                let other = PropertyStatus::Suspended;
                let hits = [(901, 2), (903, 0), (902, 0), (904, 1)];
                let hits = hits.map(|(id, more)| hit(id, guests + more, PropertyStatus::Listed));
                let mut data = vec![itself, hit(905, guests, other)];
                data.extend(hits);
                Ok(Page {
                    data,
                    next: Some("more".into()),
                })
            });
        let found = similar(&test.ports(), None, id, 3).await.unwrap();
        let ids: Vec<_> = found.iter().map(|it| it.id.uuid().as_u128()).collect();
        assert_eq!(ids, [902, 903, 904]);
        assert!(found.iter().all(|it| !it.exact));
    }

    #[tokio::test]
    async fn of_what_is_not_visible_there_is_nothing() {
        let mut test = TestPorts::new();
        let hidden = draft(complete_details());
        let id = hidden.id;
        test.properties
            .expect_get()
            .return_once(move |_| Ok(Some(hidden)));
        let found = similar(&test.ports(), None, id, 3).await;
        assert_eq!(found, Err(GetError::NotFound));
    }
}

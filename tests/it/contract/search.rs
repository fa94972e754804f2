//! Searches in every order and through their pages.

use super::on_every_database;

on_every_database!(
    every_order_finds_each_property_once,
    the_nearest_come_first,
    preparation_nights_are_kept_free,
    hosts_find_their_own_in_any_status,
    large_areas_are_searched_by_relevance_first,
);

mod checks {
    use sojourn_application::ports::{PropertyQueries, PropertySearch, SearchSort};
    use sojourn_domain::booking::BookingRepository;
    use sojourn_domain::property::{
        Location, Pricing, Property, PropertyChange, PropertyRepository,
    };
    use sojourn_domain::shared::{Actor, PageRequest, PropertyId};
    use sojourn_domain::user::User;
    use sojourn_persistence::Database;
    use sojourn_tests::{cabin_of, hold_change, insert_user, now, stay, usd};

    /// Five cabins, each 0.1° north of the one before, with a night of preparation after each stay.
    async fn five_cabins(database: &Database, host: &User) -> Vec<Property> {
        let mut cabins = Vec::new();
        for n in 0..5_u8 {
            let mut record = cabin_of(host.id).into_record();
            record.details.description = Some("100% quiet, by the lake".into());
            record.details.location = Some(Location {
                latitude: 42.0 + 0.1 * f64::from(n),
                longitude: -73.75,
            });
            record.details.pricing = Some(Pricing::nightly(usd(100_00 + 100 * i64::from(n % 3))));
            record.details.stay_rules.preparation_nights = 1;
            let cabin = Property::restore(record).unwrap();
            PropertyRepository::commit(database, PropertyChange::of(cabin.clone()))
                .await
                .unwrap();
            cabins.push(cabin);
        }
        cabins
    }

    /// All hits of a search, by pages of two.
    async fn find(database: &Database, search: PropertySearch) -> Vec<Property> {
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let page = PageRequest { limit: 2, after };
            let hits = database.search(search.clone(), page).await.unwrap();
            found.extend(hits.data.into_iter().map(|hit| hit.property));
            after = hits.next;
            if after.is_none() {
                return found;
            }
        }
    }

    fn sorted_ids(found: &[Property]) -> Vec<PropertyId> {
        let mut ids: Vec<_> = found.iter().map(|property| property.id).collect();
        ids.sort();
        ids
    }

    /// Every condition at once, all of which the five cabins meet.
    fn every_condition() -> PropertySearch {
        let corner = |latitude, longitude| Location {
            latitude,
            longitude,
        };
        PropertySearch {
            city: Some("ALBANY".into()),
            country: Some("US".into()),
            text: Some("100% LAKE".into()),
            within: Some((corner(41.0, -74.0), corner(43.0, -73.0))),
            guests: Some(2),
            price_min: Some(1),
            price_max: Some(200_00),
            currency: Some(usd(0).currency()),
            amenities: vec!["wifi".into()],
            instant: Some(true),
            ..PropertySearch::default()
        }
    }

    pub async fn every_order_finds_each_property_once(database: Database) {
        let host = insert_user(&database, "host").await;
        let cabins = five_cabins(&database, &host).await;
        for sort in [
            SearchSort::Relevance,
            SearchSort::Price,
            SearchSort::PriceDescending,
            SearchSort::Rating,
        ] {
            let within = every_condition();
            let anywhere = PropertySearch {
                within: None,
                ..every_condition()
            };
            for search in [within, anywhere] {
                let found = find(&database, PropertySearch { sort, ..search }).await;
                assert_eq!(sorted_ids(&found), sorted_ids(&cabins), "{sort:?}");
                let price = |property: &Property| {
                    let pricing = property.details.pricing.as_ref().unwrap();
                    pricing.nightly.amount()
                };
                let prices: Vec<i64> = found.iter().map(price).collect();
                match sort {
                    SearchSort::Price => assert!(prices.is_sorted()),
                    SearchSort::PriceDescending => assert!(prices.iter().rev().is_sorted()),
                    _ => {}
                }
            }
        }
    }

    pub async fn the_nearest_come_first(database: Database) {
        let host = insert_user(&database, "host").await;
        let cabins = five_cabins(&database, &host).await;
        let here = cabins[0].details.location.unwrap();
        let search = PropertySearch {
            near: Some((here, 30.0)),
            sort: SearchSort::Distance,
            ..every_condition()
        };
        assert_eq!(find(&database, search).await, cabins[..3]);
    }

    pub async fn preparation_nights_are_kept_free(database: Database) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabins = five_cabins(&database, &host).await;
        BookingRepository::commit(&database, hold_change(&cabins[0], &guest, stay(4, 7)))
            .await
            .unwrap();
        for (from, to, expected) in [(1, 3, 5), (1, 4, 4), (7, 9, 4), (8, 9, 5)] {
            let within = PropertySearch {
                stay: Some(stay(from, to)),
                ..every_condition()
            };
            let anywhere = PropertySearch {
                within: None,
                ..within.clone()
            };
            for search in [within, anywhere] {
                let found = find(&database, search).await;
                assert_eq!(found.len(), expected, "nights {from} to {to}");
            }
        }
    }

    pub async fn hosts_find_their_own_in_any_status(database: Database) {
        let host = insert_user(&database, "host").await;
        let other = insert_user(&database, "other").await;
        let cabins = five_cabins(&database, &host).await;
        five_cabins(&database, &other).await;
        let unlisted = cabins[0]
            .clone()
            .unpublish(&Actor::member(host.id), now())
            .unwrap();
        PropertyRepository::commit(&database, PropertyChange::of(unlisted))
            .await
            .unwrap();
        let own = PropertySearch {
            host: Some(host.id),
            ..PropertySearch::default()
        };
        let found = find(&database, own).await;
        assert_eq!(sorted_ids(&found), sorted_ids(&cabins));
        assert_eq!(database.count_listed(host.id).await, Ok(4));
        assert_eq!(database.count_unlisted(host.id).await, Ok(1));
    }

    pub(super) async fn large_areas_are_searched_by_relevance_first(database: Database) {
        let host = insert_user(&database, "host").await;
        let cabins = five_cabins(&database, &host).await;
        let mut by_relevance: Vec<_> = cabins.iter().map(|it| it.id).collect();
        by_relevance.sort();
        by_relevance.reverse();
        let at = |latitude, longitude| Location {
            latitude,
            longitude,
        };
        let world = PropertySearch {
            within: Some((at(-90.0, -180.0), at(90.0, 180.0))),
            ..PropertySearch::default()
        };
        // Every page, whether the most relevant properties fill it or not.
        let found: Vec<_> = find(&database, world.clone()).await;
        let ids: Vec<_> = found.iter().map(|it| it.id).collect();
        assert_eq!(ids, by_relevance);
        // Only the two most relevant ones of each page, of which the area may have fewer.
        let two = |search: &PropertySearch| PropertySearch {
            reach: Some(2),
            ..search.clone()
        };
        let page = |after| PageRequest { limit: 5, after };
        for stay in [None, Some(stay(3, 5))] {
            let search = PropertySearch {
                stay,
                ..two(&world)
            };
            let hits = database.search(search.clone(), page(None)).await.unwrap();
            let ids: Vec<_> = hits.data.iter().map(|it| it.property.id).collect();
            assert_eq!(ids, by_relevance[..2]);
            let last = hits.data.last().unwrap().position.clone();
            let next = database.search(search, page(Some(last))).await.unwrap();
            let ids: Vec<_> = next.data.iter().map(|it| it.property.id).collect();
            assert_eq!(ids, by_relevance[2..4]);
        }
        let rows = database.summary_rows(two(&world), 10).await.unwrap();
        assert_eq!(rows.rows.len(), 2);
        let third = cabins.iter().find(|it| it.id == by_relevance[2]).unwrap();
        let place = third.details.location.unwrap();
        let around = PropertySearch {
            within: Some((
                at(place.latitude - 0.05, -75.0),
                at(place.latitude + 0.05, -70.0),
            )),
            ..PropertySearch::default()
        };
        assert_eq!(find(&database, two(&around)).await, []);
        assert_eq!(find(&database, around.clone()).await.len(), 1);
        // Few properties need no bound.
        assert_eq!(database.reach(world).await, Ok(None));
        assert_eq!(database.reach(PropertySearch::default()).await, Ok(None));
    }
}

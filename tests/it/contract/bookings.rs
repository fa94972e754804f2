//! Bookings, payments and the queries over them.

use super::on_every_database;

on_every_database!(
    a_booking_and_its_payment_commit_together,
    pagination_is_stable,
    search_returns_bookable_properties,
    properties_are_stored_completely
);

mod checks {
    use std::collections::BTreeSet;

    use sojourn_application::ports::{
        BookingFilter, BookingQueries, PropertyQueries, PropertySearch, SearchSort, Side,
    };
    use sojourn_domain::booking::{BookingCommitError, BookingRepository, BookingStatus};
    use sojourn_domain::payment::{PaymentChange, PaymentRepository};
    use sojourn_domain::property::{
        CalendarChange, Location, PropertyChange, PropertyDeletion, PropertyDeletionError,
        PropertyRepository,
    };
    use sojourn_domain::shared::{BookingRole, CommitError, PageRequest};
    use sojourn_persistence::Database;
    use sojourn_tests::{
        booking_of, cabin_of, day, done, hold_change, insert_cabin, insert_pending_payment,
        insert_user, new_id, now, payment_of, stay,
    };

    fn page(limit: u32, after: Option<String>) -> PageRequest {
        PageRequest { limit, after }
    }

    pub async fn a_booking_and_its_payment_commit_together(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let payment = insert_pending_payment(&database, &cabin, &guest, stay(5, 8)).await;
        assert_eq!(
            PaymentRepository::get(&database, payment.id).await.unwrap(),
            Some(payment.clone())
        );
        let booking = booking_of(&database, payment.booking_id).await;
        assert_eq!(booking.payment_id, Some(payment.id));
        let late = now() + chrono::TimeDelta::minutes(1);
        assert_eq!(
            database.with_pending_calls(late, 10).await.unwrap(),
            std::slice::from_ref(&payment)
        );

        let answered = payment
            .clone()
            .record_outcome(payment.pending_calls[0].id, done(), now())
            .unwrap();
        let captured = booking
            .record_capture("ABCDEFGHJK".into(), now())
            .unwrap()
            .with_payment(answered.clone());
        BookingRepository::commit(&database, captured.clone())
            .await
            .unwrap();
        // Repeating the change is stale, and so is a booking committed with a stale payment.
        assert_eq!(
            BookingRepository::commit(&database, captured.clone()).await,
            Err(BookingCommitError::Stale)
        );
        let stored = booking_of(&database, captured.booking().id).await;
        assert_eq!(
            (&stored, stored.status),
            (captured.booking(), BookingStatus::Confirmed)
        );
        let arrival = stored.deadlines().check_in();
        let arrived = stored
            .clone()
            .check_in(BookingRole::Guest, arrival)
            .unwrap();
        let refused =
            BookingRepository::commit(&database, arrived.with_payment(answered.clone())).await;
        assert_eq!(refused, Err(BookingCommitError::Stale));
        assert_eq!(booking_of(&database, stored.id).await, stored);

        let payment = payment_of(&database, stored.id).await;
        assert_eq!(payment, answered);
        assert!(
            payment.pending_calls.is_empty()
                && database
                    .with_pending_calls(late, 10)
                    .await
                    .unwrap()
                    .is_empty()
        );
        let refund = payment
            .refund(&mut new_id, stored.price.total, None, None, now())
            .unwrap();
        let change = PaymentChange {
            payment: refund,
            journal: Vec::new(),
            host_account: None,
            audit: None,
        };
        PaymentRepository::commit(&database, change.clone())
            .await
            .unwrap();
        assert_eq!(
            PaymentRepository::commit(&database, change).await,
            Err(CommitError::Stale)
        );
    }

    pub async fn pagination_is_stable(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let stranger = insert_user(&database, "stranger").await;
        let cabin = insert_cabin(&database, &host).await;
        for n in 0..7 {
            BookingRepository::commit(
                &database,
                hold_change(&cabin, &guest, stay(2 * n, 2 * n + 1)),
            )
            .await
            .unwrap();
        }
        let filter = |user, side| BookingFilter {
            user: Some((user, side)),
            ..BookingFilter::default()
        };
        let mut seen = BTreeSet::new();
        let mut after = None;
        loop {
            let found = database
                .bookings(filter(guest.id, Side::Guest), page(3, after))
                .await
                .unwrap();
            assert!(found.data.len() <= 3);
            for booking in &found.data {
                assert!(seen.insert(booking.id), "twice");
            }
            // A row inserted concurrently is newer than the cursor and does not shift the next page.
            if seen.len() == 3 {
                BookingRepository::commit(&database, hold_change(&cabin, &guest, stay(20, 21)))
                    .await
                    .unwrap();
            }
            after = found.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 7);
        let none = database
            .bookings(filter(guest.id, Side::Host), page(10, None))
            .await
            .unwrap();
        assert!(none.data.is_empty());
        let none = database
            .bookings(filter(stranger.id, Side::Either), page(10, None))
            .await
            .unwrap();
        assert!(none.data.is_empty());
        let by_status = BookingFilter {
            statuses: vec![BookingStatus::Confirmed],
            ..filter(guest.id, Side::Guest)
        };
        assert!(
            database
                .bookings(by_status, page(10, None))
                .await
                .unwrap()
                .data
                .is_empty()
        );
        assert!(database.has_active_bookings(cabin.id).await.unwrap());
    }

    pub async fn search_returns_bookable_properties(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let (cabin, other) = (
            insert_cabin(&database, &host).await,
            insert_cabin(&database, &host).await,
        );
        BookingRepository::commit(&database, hold_change(&cabin, &guest, stay(5, 8)))
            .await
            .unwrap();
        let find = async |change: &dyn Fn(&mut PropertySearch)| {
            let mut search = PropertySearch {
                city: Some("ALBANY".into()),
                host: None,
                ..PropertySearch::default()
            };
            change(&mut search);
            let found = database.search(search, page(50, None)).await.unwrap();
            found
                .data
                .into_iter()
                .map(|hit| hit.property.id)
                .collect::<BTreeSet<_>>()
        };
        let both = BTreeSet::from([cabin.id, other.id]);
        let just_other = BTreeSet::from([other.id]);
        assert_eq!(find(&|_| ()).await, both);
        assert_eq!(
            find(&|search| search.city = Some("Troy".into())).await,
            BTreeSet::new()
        );
        assert_eq!(
            find(&|search| search.stay = Some(stay(7, 9))).await,
            just_other
        );
        assert_eq!(find(&|search| search.stay = Some(stay(8, 9))).await, both);
        assert_eq!(
            find(&|search| search.guests = Some(5)).await,
            BTreeSet::new()
        );
        assert_eq!(
            find(&|search| (search.price_min, search.price_max) = (Some(100_00), Some(100_00)))
                .await,
            both
        );
        assert_eq!(
            find(&|search| search.price_max = Some(99_99)).await,
            BTreeSet::new()
        );
        assert_eq!(
            find(&|search| search.amenities = vec!["wifi".into(), "kitchen".into()]).await,
            both
        );
        assert_eq!(
            find(&|search| search.amenities = vec!["wifi".into(), "pool".into()]).await,
            BTreeSet::new()
        );
        assert_eq!(
            find(&|search| search.text = Some("the LAKE".into())).await,
            both
        );
        assert_eq!(
            find(&|search| search.text = Some("100%_".into())).await,
            BTreeSet::new()
        );
        let place = |latitude, longitude| Location {
            latitude,
            longitude,
        };
        assert_eq!(
            find(&|search| search.near = Some((place(42.66, -73.76), 5.0))).await,
            both
        );
        assert_eq!(
            find(&|search| search.near = Some((place(43.66, -73.76), 5.0))).await,
            BTreeSet::new()
        );
        assert_eq!(
            find(&|search| search.within = Some((place(42.0, -74.0), place(43.0, -73.0)))).await,
            both
        );
        assert_eq!(
            find(&|search| search.within = Some((place(42.0, 170.0), place(43.0, -73.0)))).await,
            both
        );
        for sort in [
            SearchSort::Price,
            SearchSort::PriceDescending,
            SearchSort::Rating,
            SearchSort::Relevance,
        ] {
            let search = PropertySearch {
                sort,
                ..PropertySearch::default()
            };
            let first = database
                .search(search.clone(), page(1, None))
                .await
                .unwrap();
            let second = database
                .search(search, page(1, first.next.clone()))
                .await
                .unwrap();
            let ids = [&first, &second].map(|found| found.data[0].property.id);
            assert_eq!(BTreeSet::from(ids), both, "{sort:?}");
            assert_eq!(second.next, None, "{sort:?}");
        }
    }

    pub async fn properties_are_stored_completely(database: Database) {
        let host = insert_user(&database, "host").await;
        let mut record = cabin_of(host.id).into_record();
        record.details.amenities.push("Übergroße Badewanne".into());
        let property = sojourn_domain::property::Property::restore(record).unwrap();
        PropertyRepository::commit(&database, PropertyChange::of(property.clone()))
            .await
            .unwrap();
        assert_eq!(
            PropertyRepository::get(&database, property.id)
                .await
                .unwrap(),
            Some(property.clone())
        );
        assert_eq!(
            PropertyRepository::get_many(&database, &[property.id])
                .await
                .unwrap(),
            std::slice::from_ref(&property)
        );
        let mut record = property.into_record();
        (record.version, record.details.max_guests) = (2, Some(8));
        let property = sojourn_domain::property::Property::restore(record).unwrap();
        let change = PropertyChange::of(property.clone());
        PropertyRepository::commit(&database, change.clone())
            .await
            .unwrap();
        assert_eq!(
            PropertyRepository::commit(&database, change).await,
            Err(CommitError::Stale)
        );
        let block = CalendarChange {
            block: vec![day(1)],
            ..Default::default()
        };
        database.commit_calendar(property.id, block).await.unwrap();
        assert_eq!(database.count_listed(host.id).await.unwrap(), 1);
        let delete = |version| {
            let deletion = PropertyDeletion {
                id: property.id,
                version,
                at: now(),
                audit: None,
            };
            PropertyRepository::delete(&database, deletion)
        };
        assert_eq!(delete(1).await, Err(PropertyDeletionError::Stale));
        delete(2).await.unwrap();
        assert_eq!(
            PropertyRepository::get(&database, property.id)
                .await
                .unwrap(),
            None
        );
    }
}

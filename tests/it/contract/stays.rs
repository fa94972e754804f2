//! A stay from its hold to its reviews, as every list shows it.

use super::on_every_database;

on_every_database!(
    a_confirmed_stay_claims_its_nights_and_the_preparation_after_it,
    a_cancelled_stay_leaves_no_claim,
    a_deleted_property_is_kept_for_its_bookings,
    payments_and_bookings_are_listed_for_both_sides,
    reviews_are_listed_by_property_guest_and_author,
    a_second_review_by_the_same_side_is_refused,
);

mod checks {
    use std::collections::BTreeMap;

    use chrono::TimeDelta;
    use sojourn_application::ports::{
        AuditFilter, AuditLog, BookingFilter, BookingQueries, PaymentQueries, PropertyQueries,
        ReviewFilter, ReviewQueries, Side,
    };
    use sojourn_domain::booking::{Booking, BookingRepository, BookingStatus, CancelRequest};
    use sojourn_domain::property::{
        Calendar, ClaimKind, Property, PropertyChange, PropertyDeletion, PropertyDeletionError,
        PropertyRepository, PropertyStatus,
    };
    use sojourn_domain::review::{
        Review, ReviewChange, ReviewCommitError, ReviewRepository, ReviewText, Scores,
    };
    use sojourn_domain::shared::{
        Actor, AuditAction, AuditEntry, AuditSubject, BookingRole, PageRequest, ReviewId,
    };
    use sojourn_domain::user::{User, UserRepository};
    use sojourn_persistence::Database;
    use sojourn_tests::{
        booking_of, cabin_of, day, hold_change, insert_cabin, insert_paid_stay, insert_user,
        new_id, now, stay,
    };

    fn page() -> PageRequest {
        PageRequest {
            limit: 10,
            after: None,
        }
    }

    /// A cabin that needs a night of preparation after each stay.
    async fn a_cabin_with_preparation(database: &Database, host: &User) -> Property {
        let mut record = cabin_of(host.id).into_record();
        record.details.stay_rules.preparation_nights = 1;
        let property = Property::restore(record).unwrap();
        PropertyRepository::commit(database, PropertyChange::of(property.clone()))
            .await
            .unwrap();
        property
    }

    pub async fn a_confirmed_stay_claims_its_nights_and_the_preparation_after_it(
        database: Database,
    ) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabin = a_cabin_with_preparation(&database, &host).await;
        insert_paid_stay(&database, &cabin, &guest, stay(1, 4)).await;
        let calendar = database.calendar(cabin.id, day(0), day(9)).await.unwrap();
        let kinds: Vec<_> = (0..6)
            .map(|offset| calendar.claim(day(offset)).unwrap().map(|claim| claim.kind))
            .collect();
        let booked = Some(ClaimKind::Booked);
        let preparation = Some(ClaimKind::Preparation);
        assert_eq!(kinds, [None, booked, booked, booked, preparation, None]);
    }

    pub async fn a_cancelled_stay_leaves_no_claim(database: Database) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabin = a_cabin_with_preparation(&database, &host).await;
        let hold = hold_change(&cabin, &guest, stay(1, 4));
        let id = hold.booking().id;
        BookingRepository::commit(&database, hold).await.unwrap();
        let cancelled = booking_of(&database, id)
            .await
            .cancel(BookingRole::Guest, CancelRequest::default(), now())
            .unwrap();
        BookingRepository::commit(&database, cancelled)
            .await
            .unwrap();
        let calendar = database.calendar(cabin.id, day(0), day(9)).await;
        assert_eq!(calendar, Ok(Calendar::free(cabin.id, day(0), day(9))));
    }

    pub async fn a_deleted_property_is_kept_for_its_bookings(database: Database) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabin = insert_cabin(&database, &host).await;
        let hold = hold_change(&cabin, &guest, stay(1, 4));
        let id = hold.booking().id;
        BookingRepository::commit(&database, hold).await.unwrap();
        let actor = Actor {
            user_id: host.id,
            admin: false,
            address: None,
        };
        let subject = AuditSubject::Property(cabin.id);
        let entry = AuditEntry::of(&actor, AuditAction::ChangedByOperator, subject, now());
        let delete = |version| {
            let deletion = PropertyDeletion {
                id: cabin.id,
                version,
                at: now(),
                audit: Some(entry.clone()),
            };
            PropertyRepository::delete(&database, deletion)
        };
        assert_eq!(
            delete(cabin.version).await,
            Err(PropertyDeletionError::HasBookings)
        );
        let booking = booking_of(&database, id).await;
        let cancelled = booking.time_out(now() + TimeDelta::days(1)).unwrap();
        BookingRepository::commit(&database, cancelled)
            .await
            .unwrap();
        assert_eq!(
            delete(cabin.version + 1).await,
            Err(PropertyDeletionError::Stale)
        );
        let recorded = async || {
            let filter = AuditFilter {
                subject: Some(subject),
                ..AuditFilter::default()
            };
            let page = PageRequest {
                limit: 9,
                after: None,
            };
            AuditLog::page(&database, filter, page)
                .await
                .unwrap()
                .data
                .len()
        };
        assert_eq!(recorded().await, 0);
        delete(cabin.version).await.unwrap();
        assert_eq!(recorded().await, 1);
        let kept = PropertyRepository::get(&database, cabin.id).await.unwrap();
        assert_eq!(kept.unwrap().status, PropertyStatus::Deleted);
        assert_eq!(
            delete(cabin.version + 1).await,
            Err(PropertyDeletionError::Stale)
        );
        assert_eq!(database.count_listed(host.id).await, Ok(0));
        assert_eq!(database.count_unlisted(host.id).await, Ok(0));
    }

    pub async fn payments_and_bookings_are_listed_for_both_sides(database: Database) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let stranger = insert_user(&database, "stranger").await;
        let cabin = insert_cabin(&database, &host).await;
        let booking = insert_paid_stay(&database, &cabin, &guest, stay(1, 4)).await;
        for (user, expected) in [(&host, 1), (&guest, 1), (&stranger, 0)] {
            let filter = BookingFilter {
                user: Some((user.id, Side::Either)),
                statuses: vec![BookingStatus::Confirmed],
                ..BookingFilter::default()
            };
            let found = database.bookings(filter, page()).await.unwrap().data;
            assert_eq!(found.len(), expected);
            assert!(found.iter().all(|found| *found == booking));
            let payments = database.payments(Some(user.id), page()).await.unwrap().data;
            assert_eq!(payments.len(), expected);
        }
        assert_eq!(database.payments(None, page()).await.unwrap().data.len(), 1);
        let confirmed = async |user: &User| {
            database
                .has_confirmed_booking(user.id, cabin.id)
                .await
                .unwrap()
        };
        assert!(confirmed(&guest).await);
        assert!(!confirmed(&stranger).await);
    }

    fn text(overall: u8) -> ReviewText {
        let scores = Scores {
            overall,
            categories: BTreeMap::new(),
        };
        ReviewText {
            scores,
            public_comment: "Fine".into(),
            private_note: None,
        }
    }

    /// A stay that is over, by check-in and check-out.
    async fn a_completed_stay(database: &Database, cabin: &Property, guest: &User) -> Booking {
        let booking = insert_paid_stay(database, cabin, guest, stay(1, 4)).await;
        let arrival = booking.deadlines().check_in();
        let arrived = booking.check_in(BookingRole::Host, arrival).unwrap();
        let id = arrived.booking().id;
        BookingRepository::commit(database, arrived).await.unwrap();
        let departure = day(4).and_hms_opt(8, 0, 0).unwrap().and_utc();
        let left = booking_of(database, id)
            .await
            .check_out(BookingRole::Host, departure)
            .unwrap();
        BookingRepository::commit(database, left).await.unwrap();
        booking_of(database, id).await
    }

    fn write(booking: &Booking, by: BookingRole, score: u8, other: Option<Review>) -> ReviewChange {
        let id = ReviewId::new(new_id());
        let at = day(5).and_hms_opt(8, 0, 0).unwrap().and_utc();
        Review::write(id, booking, by, text(score), other, at).unwrap()
    }

    pub async fn reviews_are_listed_by_property_guest_and_author(database: Database) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabin = insert_cabin(&database, &host).await;
        let booking = a_completed_stay(&database, &cabin, &guest).await;
        let first = write(&booking, BookingRole::Guest, 5, None);
        let blind = first.reviews[0].clone();
        ReviewRepository::commit(&database, first).await.unwrap();
        let booking = booking_of(&database, booking.id).await;
        let both = write(&booking, BookingRole::Host, 4, Some(blind));
        ReviewRepository::commit(&database, both).await.unwrap();

        for filter in [
            ReviewFilter::OfProperty(cabin.id),
            ReviewFilter::OfGuest(guest.id),
            ReviewFilter::By(host.id),
            ReviewFilter::By(guest.id),
        ] {
            let found = database.reviews(filter, page()).await.unwrap().data;
            assert_eq!(found.len(), 1, "{filter:?}");
        }
        let rating = PropertyRepository::get(&database, cabin.id)
            .await
            .unwrap()
            .unwrap()
            .rating;
        assert_eq!((rating.sum, rating.count), (5, 1));
        let rated = UserRepository::get(&database, guest.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((rated.rating_sum, rated.rating_count), (4, 1));
    }

    pub async fn a_second_review_by_the_same_side_is_refused(database: Database) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabin = insert_cabin(&database, &host).await;
        let booking = a_completed_stay(&database, &cabin, &guest).await;
        let first = write(&booking, BookingRole::Guest, 5, None);
        ReviewRepository::commit(&database, first.clone())
            .await
            .unwrap();
        assert_eq!(
            ReviewRepository::commit(&database, first).await,
            Err(ReviewCommitError::Stale)
        );
        let second = ReviewChange {
            booking: None,
            ..write(&booking, BookingRole::Guest, 4, None)
        };
        assert_eq!(
            ReviewRepository::commit(&database, second).await,
            Err(ReviewCommitError::Exists)
        );
    }
}

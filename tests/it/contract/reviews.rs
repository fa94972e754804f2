//! Reviews, and ratings that count exactly the published ones.

use super::on_every_database;

on_every_database!(
    both_reviews_publish_together_and_count_once,
    concurrent_reviews_all_count
);

mod checks {
    use std::collections::BTreeMap;

    use sojourn_application::ports::{LedgerQueries, ReviewFilter, ReviewQueries};
    use sojourn_domain::booking::BookingRepository;
    use sojourn_domain::property::PropertyRepository;
    use sojourn_domain::review::{
        Review, ReviewCommitError, ReviewRepository, ReviewText, Scores, Subject,
    };
    use sojourn_domain::shared::{Actor, BookingRole, PageRequest, ReviewId, UserId};
    use sojourn_domain::user::UserRepository;
    use sojourn_persistence::Database;
    use sojourn_tests::{insert_cabin, insert_completed_stay, insert_user, new_id, now, stay};

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

    fn page() -> PageRequest {
        PageRequest {
            limit: 10,
            after: None,
        }
    }

    /// Twelve guests and their host review concurrently while four of the guests' reviews are removed.
    pub async fn concurrent_reviews_all_count(database: Database) {
        let host = insert_user(&database, "host").await;
        let admin = Actor::operator(UserId::new(new_id()));
        let cabin = insert_cabin(&database, &host).await;
        let writers = (0..12_u8).map(|n| {
            let (database, cabin) = (database.clone(), cabin.clone());
            tokio::spawn(async move {
                let guest = insert_user(&database, "guest").await;
                let nights = stay(u64::from(n) * 3, u64::from(n) * 3 + 2);
                let booking = insert_completed_stay(&database, &cabin, &guest, nights).await;
                let score = n % 5 + 1;
                let id = || ReviewId::new(new_id());
                let by_guest =
                    Review::write(id(), &booking, BookingRole::Guest, text(score), None, now())
                        .unwrap();
                ReviewRepository::commit(&database, by_guest).await.unwrap();
                let booking = BookingRepository::get(&database, booking.id)
                    .await
                    .unwrap()
                    .unwrap();
                let first = ReviewRepository::of_booking(&database, booking.id)
                    .await
                    .unwrap()
                    .pop();
                let by_host =
                    Review::write(id(), &booking, BookingRole::Host, text(5), first, now())
                        .unwrap();
                ReviewRepository::commit(&database, by_host).await.unwrap();
                if n % 3 != 0 {
                    return Some(i64::from(score));
                }
                let both = ReviewRepository::of_booking(&database, booking.id)
                    .await
                    .unwrap();
                let own = both
                    .into_iter()
                    .find(|review| review.subject == Subject::Property)
                    .unwrap();
                ReviewRepository::commit(&database, own.withdraw(&admin, 90, now()).unwrap())
                    .await
                    .unwrap();
                None
            })
        });
        let mut kept = Vec::new();
        for writer in writers.collect::<Vec<_>>() {
            kept.extend(writer.await.unwrap());
        }
        let rating = PropertyRepository::get(&database, cabin.id)
            .await
            .unwrap()
            .unwrap()
            .rating;
        assert_eq!((rating.sum, rating.count), (kept.iter().sum(), 8));
        assert_eq!(database.orphan_findings().await.unwrap(), []);
    }

    pub async fn both_reviews_publish_together_and_count_once(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let booking = insert_completed_stay(&database, &cabin, &guest, stay(5, 8)).await;

        let id = || ReviewId::new(new_id());
        let first =
            Review::write(id(), &booking, BookingRole::Guest, text(5), None, now()).unwrap();
        ReviewRepository::commit(&database, first.clone())
            .await
            .unwrap();
        let twice =
            Review::write(id(), &booking, BookingRole::Guest, text(1), None, now()).unwrap();
        assert!(matches!(
            ReviewRepository::commit(&database, twice).await,
            Err(ReviewCommitError::Exists | ReviewCommitError::Stale)
        ));
        let of_property = ReviewFilter::OfProperty(cabin.id);
        assert!(
            database
                .reviews(of_property, page())
                .await
                .unwrap()
                .data
                .is_empty()
        );

        // The version of the booking shows that the host wrote without seeing the guest's review.
        let blind = Review::write(id(), &booking, BookingRole::Host, text(4), None, now()).unwrap();
        assert_eq!(
            ReviewRepository::commit(&database, blind).await,
            Err(ReviewCommitError::Stale)
        );
        let booking = BookingRepository::get(&database, booking.id)
            .await
            .unwrap()
            .unwrap();
        let other = ReviewRepository::of_booking(&database, booking.id)
            .await
            .unwrap()
            .pop();
        let second =
            Review::write(id(), &booking, BookingRole::Host, text(4), other, now()).unwrap();
        ReviewRepository::commit(&database, second).await.unwrap();

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
        let mut shown = database.reviews(of_property, page()).await.unwrap().data;
        assert_eq!(shown.len(), 1);

        let admin = Actor::operator(host.id);
        let removal = shown.remove(0).withdraw(&admin, 90, now()).unwrap();
        ReviewRepository::commit(&database, removal).await.unwrap();
        let rating = PropertyRepository::get(&database, cabin.id)
            .await
            .unwrap()
            .unwrap()
            .rating;
        assert_eq!((rating.sum, rating.count), (0, 0));
    }
}

//! Imports: everything is stored whole, and once.

use super::on_every_database;

on_every_database!(
    a_batch_is_loaded_whole_and_once,
    an_imported_review_counts_once
);

mod checks {
    use sojourn_application::ports::{ImportBatch, ImportCounts, Importer, LedgerQueries};
    use sojourn_domain::ledger::check_integrity;
    use sojourn_domain::property::PropertyRepository;
    use sojourn_domain::review::{Review, ReviewRecord, ReviewText, Scores, Subject};
    use sojourn_domain::shared::ReviewId;
    use sojourn_persistence::Database;
    use sojourn_tests::{
        TestDatabase, cabin_of, insert_cabin, insert_paid_stay, insert_user, new_id, now, stay,
    };

    pub async fn a_batch_is_loaded_whole_and_once(database: Database) {
        let origin = TestDatabase::sqlite();
        let source = origin.open();
        let host = insert_user(&source, "host").await;
        let guest = insert_user(&source, "guest").await;
        let cabin = insert_cabin(&source, &host).await;
        for (from, to) in [(1, 4), (5, 8), (9, 12)] {
            insert_paid_stay(&source, &cabin, &guest, stay(from, to)).await;
        }
        let snapshots = source.booking_snapshots(None, 10).await.unwrap();
        let mut batch = ImportBatch {
            users: vec![host, guest],
            properties: vec![cabin],
            ..ImportBatch::default()
        };
        for snapshot in snapshots.clone() {
            batch.bookings.push((snapshot.booking, snapshot.claims));
            batch.payments.extend(snapshot.payment);
            batch.journal.extend(snapshot.journal);
        }
        let counts = database.load(batch.clone()).await.unwrap();
        assert_eq!((counts.users, counts.properties), (2, 1));
        assert_eq!(
            (counts.bookings, counts.payments, counts.journal),
            (3, 3, 6)
        );
        let again = database.load(batch).await;
        assert_eq!(again, Ok(ImportCounts::default()));
        let loaded = database.booking_snapshots(None, 10).await.unwrap();
        assert_eq!(loaded, snapshots);
        assert!(
            loaded
                .iter()
                .all(|snapshot| check_integrity(snapshot).is_empty())
        );
        assert_eq!(database.orphan_findings().await, Ok(vec![]));
    }

    pub async fn an_imported_review_counts_once(database: Database) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabin = cabin_of(host.id);
        let review = |overall| {
            Review::restore(ReviewRecord {
                id: ReviewId::new(new_id()),
                booking_id: None,
                property_id: cabin.id,
                reviewer_id: guest.id,
                addressee_id: host.id,
                subject: Subject::Property,
                text: ReviewText {
                    scores: Scores {
                        overall,
                        categories: Default::default(),
                    },
                    public_comment: "Fine".into(),
                    private_note: None,
                },
                response: None,
                window_ends_at: now(),
                published_at: Some(now()),
                respond_by: None,
                created_at: now(),
                updated_at: now(),
                version: 1,
            })
        };
        let batch = ImportBatch {
            properties: vec![cabin.clone()],
            reviews: vec![review(5), review(2)],
            ..ImportBatch::default()
        };
        for expected in [2, 0] {
            let counts = database.load(batch.clone()).await.unwrap();
            assert_eq!(counts.reviews, expected);
            let rating = PropertyRepository::get(&database, cabin.id)
                .await
                .unwrap()
                .unwrap()
                .rating;
            assert_eq!((rating.sum, rating.count), (7, 2));
        }
        assert_eq!(database.orphan_findings().await, Ok(vec![]));
    }
}

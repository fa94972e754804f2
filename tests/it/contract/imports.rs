//! Imports: everything is stored whole, and once.

use super::on_every_database;

on_every_database!(
    a_batch_is_loaded_whole_and_once,
    an_imported_review_counts_once,
    a_newer_calendar_replaces_an_earlier_one,
    a_host_lifts_imported_nights
);

mod checks {
    use chrono::NaiveDate;
    use sojourn_application::ports::{ImportBatch, ImportCounts, Importer, LedgerQueries};
    use sojourn_domain::booking::BookingRepository;
    use sojourn_domain::ledger::check_integrity;
    use sojourn_domain::property::{
        CalendarChange, ClaimKind, ImportedNight, Property, PropertyRepository,
    };
    use sojourn_domain::review::{Review, ReviewRecord, ReviewText, Scores, Subject};
    use sojourn_domain::shared::ReviewId;
    use sojourn_persistence::Database;
    use sojourn_tests::{
        TestDatabase, cabin_of, day, hold_change, insert_cabin, insert_paid_stay, insert_user,
        new_id, now, stay, usd,
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
        let snapshots = source.booking_snapshots(None, 10).await.unwrap().snapshots;
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
        let loaded = database
            .booking_snapshots(None, 10)
            .await
            .unwrap()
            .snapshots;
        assert_eq!(loaded, snapshots);
        assert!(
            loaded
                .iter()
                .all(|snapshot| check_integrity(snapshot).is_empty())
        );
        assert_eq!(database.orphan_findings().await, Ok(vec![]));
    }

    fn night(cabin: &Property, day: NaiveDate, taken: bool, price: i64) -> ImportedNight {
        ImportedNight {
            property_id: cabin.id,
            night: day,
            taken,
            price: Some(usd(price)),
            min_nights: None,
            max_nights: None,
        }
    }

    async fn load_nights(database: &Database, nights: Vec<ImportedNight>) -> ImportCounts {
        let batch = ImportBatch {
            nights,
            ..ImportBatch::default()
        };
        database.load(batch).await.unwrap()
    }

    pub async fn a_newer_calendar_replaces_an_earlier_one(database: Database) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabin = insert_cabin(&database, &host).await;
        BookingRepository::commit(&database, hold_change(&cabin, &guest, stay(5, 7)))
            .await
            .unwrap();
        let block = CalendarChange {
            block: vec![day(8)],
            ..CalendarChange::default()
        };
        database.commit_calendar(cabin.id, block).await.unwrap();
        let first: Vec<_> = (1..10)
            .map(|at| night(&cabin, day(at), true, 333_00))
            .collect();
        let expected = ImportCounts {
            claims: 6,
            rules: 6,
            sold_nights: 2,
            blocked_nights: 1,
            ..ImportCounts::default()
        };
        assert_eq!(load_nights(&database, first.clone()).await, expected);
        let unchanged = ImportCounts {
            claims: 0,
            rules: 0,
            ..expected
        };
        assert_eq!(load_nights(&database, first).await, unchanged);

        let second: Vec<_> = (1..10)
            .map(|at| night(&cabin, day(at), at == 2, 444_00))
            .collect();
        let counts = load_nights(&database, second.clone()).await;
        assert_eq!((counts.freed_nights, counts.rules), (5, 6));
        assert_eq!((counts.claims, counts.sold_nights), (0, 2));
        assert_eq!(load_nights(&database, second).await, unchanged);
        let calendar = database.calendar(cabin.id, day(0), day(40)).await.unwrap();
        let kind = |at| calendar.claim(day(at)).unwrap().map(|claim| claim.kind);
        assert_eq!((kind(1), kind(2)), (None, Some(ClaimKind::Imported)));
        assert_eq!(
            (kind(5), kind(6)),
            (Some(ClaimKind::Held), Some(ClaimKind::Held))
        );
        assert_eq!(kind(8), Some(ClaimKind::Blocked));
        let price = |at| {
            calendar
                .rules(day(at))
                .unwrap()
                .and_then(|rules| rules.price)
        };
        assert_eq!((price(1), price(5)), (Some(usd(444_00)), None));

        let usual = cabin.details.pricing.as_ref().unwrap().nightly.amount();
        let back = vec![night(&cabin, day(1), false, usual)];
        assert_eq!(load_nights(&database, back).await.rules, 1);
        let calendar = database.calendar(cabin.id, day(0), day(40)).await.unwrap();
        assert_eq!(calendar.rules(day(1)).unwrap(), None);
        assert_eq!(database.orphan_findings().await, Ok(vec![]));
    }

    pub async fn a_host_lifts_imported_nights(database: Database) {
        let host = insert_user(&database, "host").await;
        let cabin = insert_cabin(&database, &host).await;
        let nights = vec![
            night(&cabin, day(1), true, 333_00),
            night(&cabin, day(2), true, 333_00),
        ];
        load_nights(&database, nights).await;
        let lift = CalendarChange {
            unblock: vec![day(1)],
            ..CalendarChange::default()
        };
        database.commit_calendar(cabin.id, lift).await.unwrap();
        let calendar = database.calendar(cabin.id, day(0), day(40)).await.unwrap();
        assert_eq!(calendar.claim(day(1)).unwrap(), None);
        let second = calendar.claim(day(2)).unwrap().unwrap();
        assert_eq!(second.kind, ClaimKind::Imported);
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
            .unwrap()
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

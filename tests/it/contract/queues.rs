//! The queue of jobs, and concurrent claims on idempotency keys.

use super::on_every_database;

on_every_database!(
    jobs_are_taken_when_they_are_due,
    the_text_of_an_error_may_hold_anything,
    one_of_several_claims_at_once_is_fresh,
    a_response_is_stored_for_a_day,
    accounts_are_found_by_their_ids,
);

mod checks {
    use chrono::TimeDelta;
    use sojourn_application::ports::{
        IdempotencyClaim, IdempotencyKey, IdempotencyStore, JobQueue, StoredResponse,
    };
    use sojourn_domain::shared::{Notification, UserId};
    use sojourn_domain::user::UserRepository;
    use sojourn_persistence::Database;
    use sojourn_tests::{insert_user, new_id, now};

    fn key(fingerprint: &str) -> IdempotencyKey {
        IdempotencyKey {
            scope: "anna".into(),
            key: "k".into(),
            fingerprint: fingerprint.into(),
        }
    }

    pub async fn jobs_are_taken_when_they_are_due(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let notice = Notification::EmailKnown { user_id: anna.id };
        database
            .enqueue_notifications(vec![notice.clone()], now())
            .await
            .unwrap();
        let earlier = now() - TimeDelta::days(2);
        database
            .enqueue_notifications(vec![notice.clone(); 29], earlier)
            .await
            .unwrap();
        let take = async |limit, at| database.take(limit, at).await.unwrap();
        let taken = take(50, now() - TimeDelta::days(1)).await;
        assert_eq!(taken.len(), 29);
        assert!(taken.iter().all(|job| job.attempts == 0));
        let later = now() + TimeDelta::hours(1);
        assert_eq!(take(7, later).await.len(), 7);
        let taken = take(50, later).await;
        assert_eq!(taken.len(), 23);
        assert!(taken.iter().all(|job| job.notice == notice));
        // The job that is due last is taken last, and for the first time.
        let attempts: Vec<u32> = taken.iter().map(|job| job.attempts).collect();
        assert_eq!(attempts.iter().sum::<u32>(), 22);
        assert_eq!(attempts.last(), Some(&0));
    }

    pub async fn the_text_of_an_error_may_hold_anything(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let notice = Notification::EmailKnown { user_id: anna.id };
        database
            .enqueue_notifications(vec![notice], now())
            .await
            .unwrap();
        let job = database.take(1, now()).await.unwrap().remove(0);
        let error = format!("no\0 answer {}", "ü".repeat(2000));
        let again = now() + TimeDelta::days(1);
        database.failed(job.id, error, Some(again)).await.unwrap();
        assert_eq!(database.take(1, again).await.unwrap().len(), 1);
    }

    pub async fn one_of_several_claims_at_once_is_fresh(database: Database) {
        let claims: Vec<_> = (0..4)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move { database.claim(key("one"), now()).await.unwrap() })
            })
            .collect();
        let mut fresh = 0;
        for claim in claims {
            fresh += u32::from(claim.await.unwrap() == IdempotencyClaim::Fresh);
        }
        assert_eq!(fresh, 1);
    }

    pub async fn a_response_is_stored_for_a_day(database: Database) {
        let claim = async |fingerprint, at| database.claim(key(fingerprint), at).await.unwrap();
        assert_eq!(claim("one", now()).await, IdempotencyClaim::Fresh);
        let response = StoredResponse {
            status: 201,
            headers: vec![("etag".into(), "\"1\"".into())],
            body: vec![0, 255],
        };
        database.answer(key("one"), response.clone()).await.unwrap();
        // A key with a response is not released.
        database.release(key("one")).await.unwrap();
        assert_eq!(
            claim("one", now() + TimeDelta::hours(23)).await,
            IdempotencyClaim::Answered(response)
        );
        let next_day = now() + TimeDelta::hours(24);
        assert_eq!(claim("two", next_day).await, IdempotencyClaim::Fresh);
        assert_eq!(database.delete_before(next_day).await, Ok(0));
        let later = next_day + TimeDelta::hours(1);
        assert_eq!(database.delete_before(later).await, Ok(1));
    }

    pub async fn accounts_are_found_by_their_ids(database: Database) {
        let anna = insert_user(&database, "anna").await;
        insert_user(&database, "ben").await;
        let unknown = UserId::new(new_id());
        assert_eq!(
            UserRepository::get_many(&database, &[anna.id, unknown]).await,
            Ok(vec![anna])
        );
        assert_eq!(UserRepository::get_many(&database, &[]).await, Ok(vec![]));
        assert_eq!(UserRepository::get(&database, unknown).await, Ok(None));
    }
}

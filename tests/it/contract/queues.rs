//! The queue of jobs.

use super::on_every_database;

on_every_database!(
    jobs_are_taken_when_they_are_due,
    the_text_of_an_error_may_hold_anything,
    accounts_are_found_by_their_ids,
);

mod checks {
    use chrono::TimeDelta;
    use sojourn_application::ports::JobQueue;
    use sojourn_domain::shared::{Notification, UserId};
    use sojourn_domain::user::UserRepository;
    use sojourn_persistence::Database;
    use sojourn_tests::{insert_user, new_id, now};

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
        database.failed(job, error, Some(again)).await.unwrap();
        assert_eq!(database.take(1, again).await.unwrap().len(), 1);
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

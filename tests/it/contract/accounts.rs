//! Accounts, sessions, one-time tokens and jobs.

use super::on_every_database;

on_every_database!(
    addresses_are_unique_without_case,
    refresh_tokens_rotate,
    one_time_tokens_are_used_once,
    tokens_belong_to_one_registration,
    jobs_are_leased_once
);

mod checks {
    use chrono::TimeDelta;
    use sojourn_application::ports::{
        JobQueue, OneTimeTokens, Purpose, RefreshOutcome, Session, SessionStore,
    };
    use sojourn_domain::shared::{Email, Notification, SessionId, UserId};
    use sojourn_domain::user::{EndedSessions, User, UserChange, UserCommitError, UserRepository};
    use sojourn_persistence::Database;
    use sojourn_tests::{insert_user, new_id, now};

    pub async fn addresses_are_unique_without_case(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let shouted = Email::parse(&anna.email.as_str().to_uppercase()).unwrap();
        assert_eq!(
            database.by_email(&shouted).await.unwrap(),
            Some(anna.clone())
        );
        let twin = User::register(
            UserId::new(new_id()),
            shouted,
            None,
            anna.profile.clone(),
            now(),
        )
        .unwrap();
        assert_eq!(
            UserRepository::commit(&database, UserChange::of(twin)).await,
            Err(UserCommitError::EmailTaken)
        );
        let change = UserChange::of(anna.clone().verify_email(now()));
        UserRepository::commit(&database, change.clone())
            .await
            .unwrap();
        assert_eq!(
            UserRepository::commit(&database, change.clone()).await,
            Err(UserCommitError::Stale)
        );
        assert_eq!(
            UserRepository::get(&database, anna.id).await.unwrap(),
            Some(change.user)
        );
    }

    pub async fn refresh_tokens_rotate(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let session = Session {
            id: SessionId::new(new_id()),
            user_id: anna.id,
            created_at: now(),
            last_used_at: now(),
            expires_at: now() + TimeDelta::days(30),
            user_agent: Some("test".into()),
            address: Some("192.0.2.7".parse().unwrap()),
        };
        assert!(
            SessionStore::open(&database, session.clone(), "first", &anna)
                .await
                .unwrap()
        );
        let later = now() + TimeDelta::days(30);
        let rotated = database
            .rotate("first", "second", "sealed", now(), later)
            .await
            .unwrap();
        assert!(matches!(rotated, RefreshOutcome::Rotated(found) if found.id == session.id));
        assert_eq!(
            database
                .rotate("nobody's", "third", "sealed", now(), later)
                .await
                .unwrap(),
            RefreshOutcome::Unknown
        );
        // Later reuse of the first token ends the session for both holders.
        let reused = database
            .rotate(
                "first",
                "third",
                "sealed",
                now() + TimeDelta::seconds(11),
                later,
            )
            .await
            .unwrap();
        assert!(matches!(reused, RefreshOutcome::Reused(ended) if ended.id == session.id));
        assert_eq!(
            SessionStore::get(&database, session.id, anna.id, now())
                .await
                .unwrap(),
            None
        );
        assert!(!matches!(
            database
                .rotate("second", "third", "sealed", now(), later)
                .await
                .unwrap(),
            RefreshOutcome::Rotated(_)
        ));
        assert_eq!(
            SessionStore::list(&database, anna.id, now()).await.unwrap(),
            []
        );
    }

    pub async fn one_time_tokens_are_used_once(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let end = now() + TimeDelta::hours(1);
        database
            .keep("token", &anna, Purpose::VerifyEmail, end)
            .await
            .unwrap();
        assert_eq!(
            database
                .redeem("token", Purpose::ResetPassword, now())
                .await
                .unwrap(),
            None
        );
        assert_eq!(
            database
                .redeem("token", Purpose::VerifyEmail, end + TimeDelta::seconds(1))
                .await
                .unwrap(),
            None
        );
        assert_eq!(
            database
                .redeem("token", Purpose::VerifyEmail, end - TimeDelta::seconds(1))
                .await
                .unwrap()
                .map(|it| it.user_id),
            Some(anna.id)
        );
        assert_eq!(
            database
                .redeem("token", Purpose::VerifyEmail, now())
                .await
                .unwrap(),
            None
        );
    }

    pub async fn tokens_belong_to_one_registration(database: Database) {
        let first = insert_user(&database, "anna").await;
        let end = now() + TimeDelta::hours(1);
        let keep = async |token, owner: &User| {
            database.keep(token, owner, Purpose::VerifyEmail, end).await
        };
        assert_eq!(keep("first", &first).await, Ok(true));
        let later = now() + TimeDelta::seconds(1);
        let again = first.clone().register_again(
            first.email.clone(),
            "other".into(),
            first.profile.clone(),
            later,
        );
        let again = again.unwrap();
        let change = UserChange::of(again.clone()).ending_sessions(EndedSessions::All);
        UserRepository::commit(&database, change).await.unwrap();
        assert_eq!(keep("late", &first).await, Ok(false));
        assert_eq!(keep("second", &again).await, Ok(true));
        for (token, registered_at) in [("first", None), ("late", None), ("second", Some(later))] {
            let redeemed = database.redeem(token, Purpose::VerifyEmail, now()).await;
            let found = redeemed.unwrap().map(|it| it.registered_at);
            assert_eq!(found, registered_at, "{token}");
        }
    }

    pub async fn jobs_are_leased_once(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let notifications = (0..10)
            .map(|_| Notification::EmailKnown { user_id: anna.id })
            .collect();
        database
            .enqueue_notifications(notifications, now())
            .await
            .unwrap();
        let clock = chrono::Utc::now() + TimeDelta::minutes(5);
        let takers: Vec<_> = (0..4)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move { database.take(10, clock).await.unwrap() })
            })
            .collect();
        let mut jobs = Vec::new();
        for taker in takers {
            jobs.extend(taker.await.unwrap());
        }
        let all = jobs.len();
        jobs.sort_by_key(|job| job.id);
        jobs.dedup();
        assert_eq!((jobs.len(), all), (10, 10));
        database.done(jobs[0].id).await.unwrap();
        let later = clock + TimeDelta::minutes(3);
        database
            .failed(
                jobs[1].clone(),
                "refused".into(),
                Some(later + TimeDelta::hours(1)),
            )
            .await
            .unwrap();
        database
            .failed(jobs[2].clone(), "refused".into(), None)
            .await
            .unwrap();
        // A job that was leased and never finished is due again once its lease has ended.
        let again = database.take(100, later).await.unwrap();
        assert_eq!(again.len(), 7);
        assert!(again.iter().all(|job| job.attempts == 1));
    }
}

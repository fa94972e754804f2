//! Refresh tokens and the sessions that they extend.

use super::on_every_database;

on_every_database!(
    a_rotation_extends_its_session,
    an_expired_session_is_not_extended,
    one_of_several_rotations_at_once_wins,
    a_session_is_revoked_only_by_its_owner,
    no_session_opens_for_an_account_that_changed,
    a_redeemed_token_invalidates_the_others_for_its_purpose,
);

mod checks {
    use chrono::TimeDelta;
    use sojourn_application::ports::{
        OneTimeTokens, Purpose, RefreshOutcome, Session, SessionStore,
    };
    use sojourn_domain::shared::SessionId;
    use sojourn_domain::user::{User, UserChange, UserRepository};
    use sojourn_persistence::Database;
    use sojourn_tests::{insert_user, new_id, now};

    fn session_of(user: &User) -> Session {
        Session {
            id: SessionId::new(new_id()),
            user_id: user.id,
            created_at: now(),
            last_used_at: now(),
            expires_at: now() + TimeDelta::days(30),
            user_agent: None,
            address: None,
        }
    }

    pub async fn a_rotation_extends_its_session(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let session = session_of(&anna);
        assert!(
            SessionStore::open(&database, session.clone(), "first", &anna)
                .await
                .unwrap()
        );
        let later = now() + TimeDelta::hours(1);
        let end = now() + TimeDelta::days(31);
        let extended = Session {
            last_used_at: later,
            expires_at: end,
            ..session
        };
        let rotated = database
            .rotate("first", "second", "sealed", later, end)
            .await;
        assert_eq!(rotated, Ok(RefreshOutcome::Rotated(extended.clone())));
        let listed = SessionStore::list(&database, anna.id, later).await;
        assert_eq!(listed, Ok(vec![extended.clone()]));
        // Within ten seconds the same successor is the answer, and afterwards the session ends.
        for seconds in [0, 10] {
            let again = later + TimeDelta::seconds(seconds);
            let repeated = database.rotate("first", "third", "other", again, end).await;
            let same = RefreshOutcome::Repeated(extended.clone(), "sealed".to_owned());
            assert_eq!(repeated, Ok(same));
        }
        let late = later + TimeDelta::microseconds(10_000_001);
        let reused = database.rotate("first", "third", "other", late, end).await;
        assert_eq!(reused, Ok(RefreshOutcome::Reused(extended)));
    }

    pub async fn an_expired_session_is_not_extended(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let session = session_of(&anna);
        let end = session.expires_at;
        SessionStore::open(&database, session, "first", &anna)
            .await
            .unwrap();
        let outcome = database.rotate("first", "second", "sealed", end, end).await;
        assert_eq!(outcome, Ok(RefreshOutcome::Unknown));
    }

    pub async fn one_of_several_rotations_at_once_wins(database: Database) {
        let anna = insert_user(&database, "anna").await;
        for round in 0..10 {
            let token = format!("first{round}");
            SessionStore::open(&database, session_of(&anna), &token, &anna)
                .await
                .unwrap();
            let end = now() + TimeDelta::days(31);
            let rotations: Vec<_> = (0..4)
                .map(|number| {
                    let database = database.clone();
                    let token = token.clone();
                    let next = format!("next{round}-{number}");
                    tokio::spawn(async move {
                        let sealed = format!("sealed {next}");
                        let outcome = database.rotate(&token, &next, &sealed, now(), end).await;
                        (sealed, outcome.unwrap())
                    })
                })
                .collect();
            let (mut winners, mut repeated) = (Vec::new(), Vec::new());
            for rotation in rotations {
                match rotation.await.unwrap() {
                    (sealed, RefreshOutcome::Rotated(_)) => winners.push(sealed),
                    (_, RefreshOutcome::Repeated(_, successor)) => repeated.push(successor),
                    (_, outcome) => panic!("{outcome:?}"),
                }
            }
            assert_eq!((winners.len(), repeated.len()), (1, 3));
            assert!(repeated.iter().all(|successor| *successor == winners[0]));
        }
        let listed = SessionStore::list(&database, anna.id, now()).await;
        assert_eq!(listed.map(|sessions| sessions.len()), Ok(10));
    }

    pub async fn a_session_is_revoked_only_by_its_owner(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let ben = insert_user(&database, "ben").await;
        let session = session_of(&anna);
        SessionStore::open(&database, session.clone(), "first", &anna)
            .await
            .unwrap();
        assert_eq!(database.revoke(ben.id, session.id).await, Ok(false));
        assert_eq!(database.revoke(anna.id, session.id).await, Ok(true));
        assert_eq!(database.revoke(anna.id, session.id).await, Ok(false));
    }

    pub async fn no_session_opens_for_an_account_that_changed(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let change = UserChange::of(anna.clone().verify_email(now()));
        UserRepository::commit(&database, change).await.unwrap();
        let opened = SessionStore::open(&database, session_of(&anna), "first", &anna).await;
        assert_eq!(opened, Ok(false));
        let listed = SessionStore::list(&database, anna.id, now()).await;
        assert_eq!(listed, Ok(Vec::new()));
    }

    pub async fn a_redeemed_token_invalidates_the_others_for_its_purpose(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let end = now() + TimeDelta::hours(1);
        for (token, purpose) in [
            ("a", Purpose::ResetPassword),
            ("b", Purpose::ResetPassword),
            ("c", Purpose::VerifyEmail),
        ] {
            database.keep(token, &anna, purpose, end).await.unwrap();
        }
        let redeem = async |token, purpose, at| database.redeem(token, purpose, at).await.unwrap();
        assert_eq!(redeem("a", Purpose::ResetPassword, end).await, None);
        let redeemed = redeem("a", Purpose::ResetPassword, now()).await;
        assert_eq!(redeemed.map(|it| it.user_id), Some(anna.id));
        assert_eq!(redeem("b", Purpose::ResetPassword, now()).await, None);
        let redeemed = redeem("c", Purpose::VerifyEmail, now()).await;
        assert_eq!(redeemed.map(|it| it.user_id), Some(anna.id));
    }
}

//! Sessions, second factors and erasure.

use super::on_every_database;

on_every_database!(
    sessions_belong_to_their_owner_and_record_the_address,
    password_reset_address_is_known_for_an_hour,
    second_factor_changes_require_the_current_version,
    account_change_ends_the_selected_sessions,
    erasure_deletes_sessions_and_second_factors,
    addresses_are_unique_across_accounts,
    the_oldest_sessions_of_an_account_end,
    the_oldest_tokens_of_an_account_are_void,
);

mod checks {
    use chrono::TimeDelta;
    use sojourn_application::ports::{
        AuditLog, OneTimeTokens, OpenSession, Purpose, Session, SessionStore,
    };
    use sojourn_domain::shared::{
        Actor, AuditAction, AuditEntry, AuditSubject, CommitError, SessionId,
    };
    use sojourn_domain::user::{
        EndedSessions, SecondFactor, SecondFactorChange, SecondFactorRepository, User, UserChange,
        UserCommitError, UserRepository,
    };
    use sojourn_persistence::Database;
    use sojourn_tests::{insert_user, new_id, now};

    async fn opened(database: &Database, user: &User, address: Option<&str>) -> Session {
        let session = Session {
            id: SessionId::new(new_id()),
            user_id: user.id,
            created_at: now(),
            last_used_at: now(),
            expires_at: now() + TimeDelta::days(30),
            user_agent: None,
            address: address.map(|text| text.parse().unwrap()),
        };
        SessionStore::open(database, session.clone(), &session.id.to_string(), user)
            .await
            .unwrap();
        session
    }

    async fn open(database: &Database, user: &User) -> Vec<SessionId> {
        let sessions = SessionStore::list(database, user.id, now()).await.unwrap();
        let mut ids: Vec<_> = sessions.into_iter().map(|session| session.id).collect();
        ids.sort();
        ids
    }

    fn change(factor: SecondFactor) -> SecondFactorChange {
        SecondFactorChange {
            factor,
            audit: None,
            notice: None,
        }
    }

    pub async fn sessions_belong_to_their_owner_and_record_the_address(database: Database) {
        let (anna, ben) = (
            insert_user(&database, "anna").await,
            insert_user(&database, "ben").await,
        );
        let here = opened(&database, &anna, Some("192.0.2.7")).await;
        opened(&database, &anna, None).await;
        let get = async |user: &User| {
            SessionStore::get(&database, here.id, user.id, now())
                .await
                .unwrap()
        };
        let open = OpenSession {
            session: here.clone(),
            admin: false,
        };
        assert_eq!(get(&anna).await, Some(open));
        assert_eq!(get(&ben).await, None);
        let known = async |user: &User, address: &str, at| {
            database
                .is_known_address(&user.email, address.parse().unwrap(), at)
                .await
                .unwrap()
        };
        assert!(known(&anna, "192.0.2.7", now()).await);
        assert!(!known(&anna, "192.0.2.8", now()).await);
        assert!(!known(&ben, "192.0.2.7", now()).await);
        assert!(!known(&anna, "192.0.2.7", here.expires_at).await);
        // IPv6 addresses are compared by household network.
        opened(&database, &ben, Some("2001:db8:7:1::1")).await;
        assert!(known(&ben, "2001:db8:7:1:a:b:c:d", now()).await);
        assert!(!known(&ben, "2001:db8:7:2::1", now()).await);
    }

    pub async fn the_oldest_sessions_of_an_account_end(database: Database) {
        let (anna, ben) = (
            insert_user(&database, "anna").await,
            insert_user(&database, "ben").await,
        );
        let others = opened(&database, &ben, None).await;
        let mut sessions = Vec::new();
        for age in 0..103 {
            let session = Session {
                id: SessionId::new(new_id()),
                last_used_at: now() - TimeDelta::minutes(age),
                created_at: now() - TimeDelta::days(1),
                ..others.clone()
            };
            let session = Session {
                user_id: anna.id,
                ..session
            };
            let token = session.id.to_string();
            let opened = SessionStore::open(&database, session.clone(), &token, &anna).await;
            assert_eq!(opened, Ok(true));
            sessions.push(session.id);
        }
        // The last three were used before all others when they were opened, and ended at once.
        sessions.truncate(100);
        sessions.sort();
        assert_eq!(open(&database, &anna).await, sessions);
        let fresh = opened(&database, &anna, None).await.id;
        let left = open(&database, &anna).await;
        assert_eq!(left.len(), 100);
        assert!(left.contains(&fresh));
        assert_eq!(open(&database, &ben).await, [others.id]);
    }

    pub async fn the_oldest_tokens_of_an_account_are_void(database: Database) {
        let anna = insert_user(&database, "anna").await;
        for n in 0..22 {
            let until = now() + TimeDelta::minutes(60 + n);
            for purpose in [Purpose::VerifyEmail, Purpose::ResetPassword] {
                let token = format!("{n} {}", purpose.as_str());
                let kept = database.keep(&token, &anna, purpose, until).await;
                assert_eq!(kept, Ok(true));
            }
        }
        let redeem = async |n: u32, purpose: Purpose| {
            let token = format!("{n} {}", purpose.as_str());
            let redeemed = database.redeem(&token, purpose, now()).await.unwrap();
            redeemed.is_some()
        };
        assert!(!redeem(0, Purpose::ResetPassword).await);
        assert!(!redeem(1, Purpose::ResetPassword).await);
        assert!(redeem(2, Purpose::ResetPassword).await);
        assert!(redeem(21, Purpose::VerifyEmail).await);
    }

    pub async fn password_reset_address_is_known_for_an_hour(database: Database) {
        let (anna, ben) = (
            insert_user(&database, "anna").await,
            insert_user(&database, "ben").await,
        );
        let actor = Actor {
            address: Some("192.0.2.7".parse().unwrap()),
            ..Actor::member(anna.id)
        };
        let entry = AuditEntry::of(
            &actor,
            AuditAction::PasswordReset,
            AuditSubject::User(anna.id),
            now(),
        );
        let reset = anna.clone().reset_password("hash".into(), now());
        let change = UserChange::of(reset)
            .ending_sessions(EndedSessions::All)
            .with_audit(entry);
        UserRepository::commit(&database, change).await.unwrap();
        let known = async |user: &User, address: &str, minutes: i64| {
            let at = now() + TimeDelta::minutes(minutes);
            database
                .is_known_address(&user.email, address.parse().unwrap(), at)
                .await
                .unwrap()
        };
        assert!(known(&anna, "192.0.2.7", 59).await);
        assert!(!known(&anna, "192.0.2.7", 60).await);
        assert!(!known(&anna, "192.0.2.8", 1).await);
        assert!(!known(&ben, "192.0.2.7", 1).await);
    }

    pub async fn second_factor_changes_require_the_current_version(database: Database) {
        let anna = insert_user(&database, "anna").await;
        let get = async || {
            SecondFactorRepository::get(&database, anna.id)
                .await
                .unwrap()
        };
        let commit = async |change| SecondFactorRepository::commit(&database, change).await;
        assert_eq!(get().await, None);
        let enrolled = SecondFactor::enrol(None, anna.id, "sealed".into()).unwrap();
        commit(change(enrolled.clone())).await.unwrap();
        assert_eq!(
            commit(change(enrolled.clone())).await,
            Err(CommitError::Stale)
        );
        let confirmed = enrolled
            .confirm(7, vec!["a".into(), "b".into()], now())
            .unwrap();
        commit(change(confirmed.clone())).await.unwrap();
        assert_eq!(
            commit(change(confirmed.clone())).await,
            Err(CommitError::Stale)
        );
        assert_eq!(get().await, Some(confirmed.clone()));
        // Of two concurrent uses of one code, one succeeds.
        let used = confirmed.clone().take_recovery("a").unwrap();
        let (left, right) =
            tokio::join!(commit(change(used.clone())), commit(change(used.clone())));
        let stale = Err(CommitError::Stale);
        assert!([(Ok(()), stale.clone()), (stale.clone(), Ok(()))].contains(&(left, right)));
        assert_eq!(get().await, Some(used.clone()));

        let off = |factor: SecondFactor| {
            let (actor, subject) = (Actor::member(anna.id), AuditSubject::User(anna.id));
            let entry = AuditEntry::of(&actor, AuditAction::SecondFactorDisabled, subject, now());
            SecondFactorChange {
                factor,
                audit: Some(entry),
                notice: None,
            }
        };
        assert_eq!(database.remove(off(confirmed)).await, stale);
        database.remove(off(used.clone())).await.unwrap();
        assert_eq!(get().await, None);
        assert_eq!(database.remove(off(used)).await, stale);
        assert_eq!(database.verify_chain().await.unwrap().lines, 1);
    }

    pub async fn account_change_ends_the_selected_sessions(database: Database) {
        let (anna, ben) = (
            insert_user(&database, "anna").await,
            insert_user(&database, "ben").await,
        );
        let (kept, other) = (
            opened(&database, &anna, None).await,
            opened(&database, &anna, None).await,
        );
        let bens = opened(&database, &ben, None).await;
        let mut user = anna.clone();
        for (ended, left) in [
            (EndedSessions::None, vec![kept.id, other.id]),
            (EndedSessions::Others(kept.id), vec![kept.id]),
            (EndedSessions::All, vec![]),
        ] {
            user = user.set_password("hash".into(), now());
            let change = UserChange::of(user.clone()).ending_sessions(ended);
            UserRepository::commit(&database, change).await.unwrap();
            assert_eq!(open(&database, &anna).await, left, "{ended:?}");
        }
        assert_eq!(open(&database, &ben).await, [bens.id]);
        let stale =
            UserChange::of(ben.clone().verify_email(now())).ending_sessions(EndedSessions::All);
        UserRepository::commit(&database, UserChange::of(ben.clone().suspend(now())))
            .await
            .unwrap();
        assert_eq!(
            UserRepository::commit(&database, stale).await,
            Err(UserCommitError::Stale)
        );
        assert_eq!(open(&database, &ben).await, [bens.id]);
    }

    pub async fn erasure_deletes_sessions_and_second_factors(database: Database) {
        let (anna, ben) = (
            insert_user(&database, "anna").await,
            insert_user(&database, "ben").await,
        );
        for user in [&anna, &ben] {
            opened(&database, user, Some("192.0.2.7")).await;
            let (token, until) = (user.id.to_string(), now() + TimeDelta::hours(1));
            database
                .keep(&token, user, Purpose::ResetPassword, until)
                .await
                .unwrap();
            let factor = SecondFactor::enrol(None, user.id, "sealed".into()).unwrap();
            SecondFactorRepository::commit(&database, change(factor))
                .await
                .unwrap();
        }
        let erased = anna.clone().erase(now()).unwrap();
        UserRepository::commit(&database, UserChange::of(erased.clone()))
            .await
            .unwrap();
        assert_eq!(
            UserRepository::get(&database, anna.id).await.unwrap(),
            Some(erased)
        );
        assert_eq!(database.by_email(&anna.email).await.unwrap(), None);
        for (user, left) in [(&anna, false), (&ben, true)] {
            assert_eq!(open(&database, user).await.len(), usize::from(left));
            let factor = SecondFactorRepository::get(&database, user.id)
                .await
                .unwrap();
            assert_eq!(factor.is_some(), left);
            let token = user.id.to_string();
            let redeemed = database
                .redeem(&token, Purpose::ResetPassword, now())
                .await
                .unwrap();
            assert_eq!(redeemed.is_some(), left);
        }
    }

    pub async fn addresses_are_unique_across_accounts(database: Database) {
        let (anna, ben) = (
            insert_user(&database, "anna").await,
            insert_user(&database, "ben").await,
        );
        let session = opened(&database, &ben, None).await;
        let taken = ben.clone().reassign(None, Some(anna.email.clone()), now());
        let change = UserChange::of(taken).ending_sessions(EndedSessions::All);
        assert_eq!(
            UserRepository::commit(&database, change).await,
            Err(UserCommitError::EmailTaken)
        );
        assert_eq!(
            UserRepository::get(&database, ben.id).await.unwrap(),
            Some(ben.clone())
        );
        assert_eq!(open(&database, &ben).await, [session.id]);
    }
}

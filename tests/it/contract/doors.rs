//! By what accounts are entered: sessions, second factors, and what is left after an erasure.

use super::on_every_database;

on_every_database!(
    a_session_is_its_owners_and_knows_from_where,
    who_set_a_password_by_mail_is_known_there_for_an_hour,
    a_second_factor_moves_from_version_to_version,
    a_change_ends_none_all_or_the_other_sessions,
    an_erased_account_keeps_no_key,
    no_account_takes_the_address_of_another,
);

mod checks {
    use chrono::TimeDelta;
    use sojourn_application::ports::{AuditLog, OneTimeTokens, Purpose, Session, SessionStore};
    use sojourn_domain::shared::{
        Actor, AuditAction, AuditEntry, AuditSubject, CommitError, SessionId,
    };
    use sojourn_domain::user::{
        EndedSessions, SecondFactor, SecondFactorChange, SecondFactorRepository, User, UserChange,
        UserRepository,
    };
    use sojourn_persistence::Database;
    use sojourn_tests::{a_user, new_id, now};

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
        }
    }

    pub async fn a_session_is_its_owners_and_knows_from_where(database: Database) {
        let (anna, ben) = (
            a_user(&database, "anna").await,
            a_user(&database, "ben").await,
        );
        let here = opened(&database, &anna, Some("192.0.2.7")).await;
        opened(&database, &anna, None).await;
        let get = async |user: &User| {
            SessionStore::get(&database, here.id, user.id, now())
                .await
                .unwrap()
        };
        assert_eq!(get(&anna).await, Some(here.clone()));
        assert_eq!(get(&ben).await, None);
        let known = async |user: &User, address: &str, at| {
            database
                .is_known_at(&user.email, address.parse().unwrap(), at)
                .await
                .unwrap()
        };
        assert!(known(&anna, "192.0.2.7", now()).await);
        assert!(!known(&anna, "192.0.2.8", now()).await);
        assert!(!known(&ben, "192.0.2.7", now()).await);
        assert!(!known(&anna, "192.0.2.7", here.expires_at).await);
        // Of IPv6 the network of a household counts.
        opened(&database, &ben, Some("2001:db8:7:1::1")).await;
        assert!(known(&ben, "2001:db8:7:1:a:b:c:d", now()).await);
        assert!(!known(&ben, "2001:db8:7:2::1", now()).await);
    }

    pub async fn who_set_a_password_by_mail_is_known_there_for_an_hour(database: Database) {
        let (anna, ben) = (
            a_user(&database, "anna").await,
            a_user(&database, "ben").await,
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
            .ending(EndedSessions::All)
            .audited(entry);
        UserRepository::commit(&database, change).await.unwrap();
        let known = async |user: &User, address: &str, minutes: i64| {
            let at = now() + TimeDelta::minutes(minutes);
            database
                .is_known_at(&user.email, address.parse().unwrap(), at)
                .await
                .unwrap()
        };
        assert!(known(&anna, "192.0.2.7", 59).await);
        assert!(!known(&anna, "192.0.2.7", 60).await);
        assert!(!known(&anna, "192.0.2.8", 1).await);
        assert!(!known(&ben, "192.0.2.7", 1).await);
    }

    pub async fn a_second_factor_moves_from_version_to_version(database: Database) {
        let anna = a_user(&database, "anna").await;
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
            Err(CommitError::Exists)
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
        // Of two who hand in the same code at once, one is let in.
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
            }
        };
        assert_eq!(database.remove(off(confirmed)).await, stale);
        database.remove(off(used.clone())).await.unwrap();
        assert_eq!(get().await, None);
        assert_eq!(database.remove(off(used)).await, stale);
        assert_eq!(database.examine().await.unwrap().lines, 1);
    }

    pub async fn a_change_ends_none_all_or_the_other_sessions(database: Database) {
        let (anna, ben) = (
            a_user(&database, "anna").await,
            a_user(&database, "ben").await,
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
            let change = UserChange::of(user.clone()).ending(ended);
            UserRepository::commit(&database, change).await.unwrap();
            assert_eq!(open(&database, &anna).await, left, "{ended:?}");
        }
        assert_eq!(open(&database, &ben).await, [bens.id]);
        let stale = UserChange::of(ben.clone().verify_email(now())).ending(EndedSessions::All);
        UserRepository::commit(&database, UserChange::of(ben.clone().suspend(now())))
            .await
            .unwrap();
        assert_eq!(
            UserRepository::commit(&database, stale).await,
            Err(CommitError::Stale)
        );
        assert_eq!(open(&database, &ben).await, [bens.id]);
    }

    pub async fn an_erased_account_keeps_no_key(database: Database) {
        let (anna, ben) = (
            a_user(&database, "anna").await,
            a_user(&database, "ben").await,
        );
        for user in [&anna, &ben] {
            opened(&database, user, Some("192.0.2.7")).await;
            let (token, until) = (user.id.to_string(), now() + TimeDelta::hours(1));
            database
                .keep(&token, user.id, Purpose::ResetPassword, until)
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

    pub async fn no_account_takes_the_address_of_another(database: Database) {
        let (anna, ben) = (
            a_user(&database, "anna").await,
            a_user(&database, "ben").await,
        );
        let session = opened(&database, &ben, None).await;
        let taken = ben.clone().reassign(None, Some(anna.email.clone()), now());
        let change = UserChange::of(taken).ending(EndedSessions::All);
        assert_eq!(
            UserRepository::commit(&database, change).await,
            Err(CommitError::Exists)
        );
        assert_eq!(
            UserRepository::get(&database, ben.id).await.unwrap(),
            Some(ben.clone())
        );
        assert_eq!(open(&database, &ben).await, [session.id]);
    }
}

//! The repositories of accounts, run over a fresh SQLite file, and over PostgreSQL where `SOJOURN_TEST_POSTGRES_URL` says
//! where one is.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, RunQueryDsl};
use sojourn_application::ports::{
    IdempotencyClaim, IdempotencyKey, IdempotencyStore, JobQueue, OneTimeTokens, Purpose,
    RefreshOutcome, Session, SessionStore, StoredResponse,
};
use sojourn_domain::shared::{CommitError, Currency, Email, Notice, SessionId, StoreError, UserId};
use sojourn_domain::user::{EndedSessions, Profile, User, UserChange, UserRepository};
use uuid::Uuid;

use crate::{Database, OpenOptions};

static NEXT: AtomicU32 = AtomicU32::new(1);

fn id() -> Uuid {
    Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into())
}

fn now() -> DateTime<Utc> {
    "2026-07-01T12:00:00.123456Z".parse().unwrap()
}

/// A database of its own, on disk until it is dropped.
struct Fresh {
    database: Database,
    directory: std::path::PathBuf,
    schema: Option<(String, String)>,
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.directory);
        if let Some((url, name)) = &self.schema
            && let Ok(mut connection) = PgConnection::establish(url)
        {
            let _gone = connection.batch_execute(&format!("DROP SCHEMA {name} CASCADE"));
        }
    }
}

fn opened(url: &str) -> Database {
    let database = Database::open(url, OpenOptions { threads: 4 }).unwrap();
    assert!(!database.migrate().unwrap().is_empty());
    assert!(
        database.migrate().unwrap().is_empty(),
        "a second run finds nothing to do"
    );
    database
}

fn fresh() -> Vec<Fresh> {
    let name = format!(
        "sojourn_unit_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let directory = std::env::temp_dir().join(&name);
    let database = opened(&format!("sqlite://{}/deep/data.db", directory.display()));
    let mut all = vec![Fresh {
        database,
        directory: directory.clone(),
        schema: None,
    }];
    if let Ok(url) = std::env::var("SOJOURN_TEST_POSTGRES_URL") {
        let mut connection = PgConnection::establish(&url).unwrap();
        connection
            .batch_execute(&format!(
                "DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}"
            ))
            .unwrap();
        let separator = if url.contains('?') { '&' } else { '?' };
        let database = opened(&format!("{url}{separator}options=-csearch_path%3D{name}"));
        all.push(Fresh {
            database,
            directory,
            schema: Some((url, name)),
        });
    } else {
        assert!(
            std::env::var_os("CI").is_none(),
            "SOJOURN_TEST_POSTGRES_URL must say where PostgreSQL is"
        );
    }
    all
}

fn user(email: &str) -> User {
    let profile = Profile {
        first_name: "Ana".to_owned(),
        last_name: "Ruiz".to_owned(),
        phone: None,
        locale: Some("fr-CA".to_owned()),
        currency: Currency::parse("CAD").ok(),
    };
    User::register(
        UserId::new(id()),
        Email::parse(email).unwrap(),
        Some("$hash".to_owned()),
        profile,
        now(),
    )
    .unwrap()
}

async fn stored_user(database: &Database, email: &str) -> User {
    let user = user(email);
    database.commit(UserChange::of(user.clone())).await.unwrap();
    user
}

fn session_of(user: &User) -> Session {
    let (id, user_id) = (SessionId::new(id()), user.id);
    let expires_at = now() + TimeDelta::days(30);
    Session {
        id,
        user_id,
        created_at: now(),
        last_used_at: now(),
        expires_at,
        user_agent: None,
        address: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_accounts_and_tells_stale_from_taken() {
    for Fresh { database, .. } in &fresh() {
        let ana = stored_user(database, "Ana@Mail.example").await;
        assert_eq!(
            UserRepository::get(database, ana.id).await,
            Ok(Some(ana.clone()))
        );
        let found = database
            .by_email(&Email::parse("ana@mail.EXAMPLE").unwrap())
            .await;
        assert_eq!(found, Ok(Some(ana.clone())));
        assert_eq!(
            database.get_many(&[ana.id, UserId::new(id())]).await,
            Ok(vec![ana.clone()])
        );
        assert_eq!(
            UserRepository::get(database, UserId::new(id())).await,
            Ok(None)
        );

        let again = database
            .commit(UserChange::of(user("ANA@mail.example")))
            .await;
        assert_eq!(again, Err(CommitError::Exists));

        let verified = ana.clone().verify_email(now());
        assert_eq!(
            database.commit(UserChange::of(verified.clone())).await,
            Ok(())
        );
        assert_eq!(
            database.commit(UserChange::of(verified.clone())).await,
            Err(CommitError::Stale)
        );
        assert_eq!(
            UserRepository::get(database, ana.id).await,
            Ok(Some(verified))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trades_each_refresh_token_once() {
    for Fresh { database, .. } in &fresh() {
        let ana = stored_user(database, "ana@mail.example").await;
        let session = session_of(&ana);
        assert!(database.open(session.clone(), "one", &ana).await.unwrap());
        let (later, until) = (now() + TimeDelta::hours(1), now() + TimeDelta::days(31));
        let expected = Session {
            last_used_at: later,
            expires_at: until,
            ..session.clone()
        };
        let reused = Ok(RefreshOutcome::Reused(expected.clone()));
        let rotated = database.rotate("one", "two", later, until).await;
        assert_eq!(rotated, Ok(RefreshOutcome::Rotated(expected.clone())));
        assert_eq!(database.list(ana.id, later).await, Ok(vec![expected]));
        assert_eq!(
            database.rotate("none", "x", later, until).await,
            Ok(RefreshOutcome::Unknown)
        );
        assert_eq!(
            database.rotate("two", "x", until, until).await,
            Ok(RefreshOutcome::Unknown),
            "it is over"
        );

        assert_eq!(database.rotate("one", "three", later, until).await, reused);
        assert_eq!(
            SessionStore::get(database, session.id, ana.id, later).await,
            Ok(None)
        );
        assert_eq!(
            database.rotate("two", "four", later, until).await,
            Ok(RefreshOutcome::Unknown)
        );

        let other = session_of(&ana);
        database.open(other.clone(), "five", &ana).await.unwrap();
        assert_eq!(
            database.revoke(UserId::new(id()), other.id).await,
            Ok(false)
        );
        let change = UserChange::of(ana.clone().verify_email(now())).ending(EndedSessions::All);
        database.commit(change).await.unwrap();
        assert_eq!(database.list(ana.id, now()).await, Ok(Vec::new()));
        let late = database.open(session_of(&ana), "six", &ana).await;
        assert_eq!(
            late,
            Ok(false),
            "it was proved to an account that is another by now"
        );
        assert_eq!(database.list(ana.id, now()).await, Ok(Vec::new()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_refreshes_at_once_one_wins() {
    for Fresh { database, .. } in &fresh() {
        let ana = stored_user(database, "ana@mail.example").await;
        for round in 0..10 {
            database
                .open(session_of(&ana), &format!("first{round}"), &ana)
                .await
                .unwrap();
            let until = now() + TimeDelta::days(31);
            let tasks: Vec<_> = (0..4)
                .map(|number| {
                    let database = database.clone();
                    let (token, next) = (format!("first{round}"), format!("next{round}-{number}"));
                    tokio::spawn(async move {
                        database.rotate(&token, &next, now(), until).await.unwrap()
                    })
                })
                .collect();
            let mut rotated = 0;
            for task in tasks {
                rotated += u32::from(matches!(task.await.unwrap(), RefreshOutcome::Rotated(_)));
            }
            assert_eq!(rotated, 1);
        }
        assert_eq!(
            database.list(ana.id, now()).await,
            Ok(Vec::new()),
            "their reuse ended the sessions"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn redeems_a_token_once_and_for_its_purpose() {
    for Fresh { database, .. } in &fresh() {
        let ana = stored_user(database, "ana@mail.example").await;
        let until = now() + TimeDelta::hours(1);
        for token in ["a", "b"] {
            database
                .keep(token, ana.id, Purpose::ResetPassword, until)
                .await
                .unwrap();
        }
        assert_eq!(
            database.redeem("a", Purpose::VerifyEmail, now()).await,
            Ok(None)
        );
        assert_eq!(
            database.redeem("a", Purpose::ResetPassword, until).await,
            Ok(None)
        );
        assert_eq!(
            database.redeem("a", Purpose::ResetPassword, now()).await,
            Ok(Some(ana.id))
        );
        assert_eq!(
            database.redeem("a", Purpose::ResetPassword, now()).await,
            Ok(None)
        );
        assert_eq!(
            database.redeem("b", Purpose::ResetPassword, now()).await,
            Ok(None),
            "gone with the other"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gives_each_job_to_one_taker() {
    for Fresh { database, .. } in &fresh() {
        let ana = user("ana@mail.example");
        let notice = Notice::VerifyEmail { user_id: ana.id };
        database
            .commit(UserChange::of(ana).telling(notice.clone()))
            .await
            .unwrap();
        database
            .tell(vec![notice.clone(); 29], now() - TimeDelta::days(2))
            .await
            .unwrap();
        assert_eq!(
            database
                .take(50, now() - TimeDelta::days(1))
                .await
                .unwrap()
                .len(),
            29
        );
        let later = now() + TimeDelta::hours(1);
        let takers: Vec<_> = (0..5)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move { database.take(7, later).await.unwrap() })
            })
            .collect();
        let mut taken = Vec::new();
        for taker in takers {
            taken.extend(taker.await.unwrap());
        }
        taken.extend(database.take(50, later).await.unwrap());
        let mut ids: Vec<_> = taken.iter().map(|job| job.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((taken.len(), ids.len()), (30, 30));
        assert!(taken.iter().all(|job| job.notice == notice));
        assert_eq!(taken.iter().map(|job| job.attempts).sum::<u32>(), 29);

        database.done(ids[0]).await.unwrap();
        database
            .failed(ids[1], "no\0 answer".to_owned(), None)
            .await
            .unwrap();
        database
            .failed(
                ids[2],
                "no answer".to_owned(),
                Some(later + TimeDelta::days(1)),
            )
            .await
            .unwrap();
        assert_eq!(
            database
                .take(50, later + TimeDelta::minutes(1))
                .await
                .unwrap()
                .len(),
            27
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keeps_answers_for_a_day() {
    for Fresh { database, .. } in &fresh() {
        let key = IdempotencyKey {
            scope: "u".to_owned(),
            key: "k".to_owned(),
            fingerprint: "f".to_owned(),
        };
        let other = IdempotencyKey {
            fingerprint: "g".to_owned(),
            ..key.clone()
        };
        let claims: Vec<_> = (0..4)
            .map(|_| {
                let (database, key) = (database.clone(), key.clone());
                tokio::spawn(async move { database.claim(key, now()).await.unwrap() })
            })
            .collect();
        let mut fresh = 0;
        for claim in claims {
            fresh += u32::from(claim.await.unwrap() == IdempotencyClaim::Fresh);
        }
        assert_eq!(fresh, 1);
        assert_eq!(
            database.claim(other.clone(), now()).await,
            Ok(IdempotencyClaim::Reused)
        );
        let dead = now() + TimeDelta::seconds(30);
        assert_eq!(
            database.claim(key.clone(), dead).await,
            Ok(IdempotencyClaim::Fresh)
        );
        database.release(key.clone()).await.unwrap();
        assert_eq!(
            database.claim(key.clone(), dead).await,
            Ok(IdempotencyClaim::Fresh)
        );
        let headers = vec![("ETag".to_owned(), "\"1\"".to_owned())];
        let response = StoredResponse {
            status: 201,
            headers,
            body: vec![0, 255],
        };
        database
            .answer(key.clone(), response.clone())
            .await
            .unwrap();
        database.release(key.clone()).await.unwrap();
        let answered = database
            .claim(key.clone(), dead + TimeDelta::hours(23))
            .await;
        assert_eq!(answered, Ok(IdempotencyClaim::Answered(response)));
        let next_day = dead + TimeDelta::hours(24);
        assert_eq!(
            database.claim(other, next_day).await,
            Ok(IdempotencyClaim::Fresh)
        );
        assert_eq!(database.forget_before(next_day).await, Ok(0));
        assert_eq!(
            database.forget_before(next_day + TimeDelta::hours(1)).await,
            Ok(1)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn survives_panics_and_refuses_what_does_not_fit() {
    for Fresh { database, .. } in &fresh() {
        for _ in 0..8 {
            let died: Result<(), StoreError> = database.write(|_| panic!("on purpose")).await;
            assert!(matches!(died, Err(StoreError::Corrupt(_))));
        }
        stored_user(database, "ana@mail.example").await;
        let slow = || {
            let database = database.clone();
            tokio::spawn(async move {
                let work = |_: &mut _| {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                    Ok(())
                };
                database.read(work).await
            })
        };
        let tasks: Vec<_> = (0..2000).map(|_| slow()).collect();
        let mut refused = 0;
        for task in tasks {
            refused += u32::from(matches!(
                task.await.unwrap(),
                Err(StoreError::Unavailable(_))
            ));
        }
        assert!(refused > 0);
        assert!(
            database
                .by_email(&Email::parse("ana@mail.example").unwrap())
                .await
                .unwrap()
                .is_some()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn recovers_from_a_lost_connection() {
    for Fresh { database, .. } in &fresh() {
        let lose = |connection: &mut crate::AnyConnection| {
            if let crate::AnyConnection::Postgres(inner) = connection {
                diesel::sql_query("SELECT pg_terminate_backend(pg_backend_pid())")
                    .execute(inner)?;
            }
            Ok(())
        };
        let lost: Result<(), StoreError> = database.read(lose).await;
        assert!(
            matches!(lost, Ok(()) | Err(StoreError::Unavailable(_))),
            "{lost:?}"
        );
        for _ in 0..8 {
            assert_eq!(
                UserRepository::get(database, UserId::new(id())).await,
                Ok(None)
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rule_is_a_constraint_of_the_schema() {
    #[derive(diesel::QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    for Fresh { database, .. } in &fresh() {
        let missing = |connection: &mut crate::AnyConnection| {
            let mut missing = Vec::new();
            for rule in crate::errors::RULES {
                let name = rule.name;
                let found: Count = match connection {
                    crate::AnyConnection::Postgres(inner) => diesel::sql_query(format!(
                        "SELECT count(*) AS count FROM pg_constraint WHERE conname = '{name}' \
                         AND connamespace = current_schema()::regnamespace"
                    ))
                    .get_result(inner)?,
                    crate::AnyConnection::Sqlite(inner) => diesel::sql_query(format!(
                        "SELECT count(*) AS count FROM sqlite_master WHERE sql LIKE '%CONSTRAINT {name} %'"
                    ))
                    .get_result(inner)?,
                };
                if found.count != 1 {
                    missing.push(name);
                }
            }
            Ok(missing)
        };
        assert_eq!(database.read(missing).await, Ok(Vec::new()));
    }
}

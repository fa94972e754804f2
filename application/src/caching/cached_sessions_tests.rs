//! Sessions are served from the cache while valid, and from the store otherwise.

use std::sync::Arc;

use chrono::TimeDelta;
use sojourn_domain::shared::{RepositoryError, UserId};
use uuid::Uuid;

use super::CachedSessions;
use super::recording_cache::RecordingCache;
use crate::ports::{
    CacheTag, MockSessionStore, OpenSession, RefreshOutcome, Session, SessionStore,
};
use crate::test_support::test_ports::{now, session_of, user};

fn cached(inner: MockSessionStore) -> (Arc<RecordingCache>, CachedSessions) {
    let recording = Arc::new(RecordingCache::default());
    (
        recording.clone(),
        CachedSessions::new(Arc::new(inner), recording),
    )
}

/// A store with the session that expects this number of lookups.
fn asked(times: usize) -> MockSessionStore {
    let mut inner = MockSessionStore::new();
    inner
        .expect_get()
        .times(times)
        .returning(|_, _, _| Ok(Some(open_session())));
    inner
}

fn open_session() -> OpenSession {
    OpenSession {
        session: session_of(&user()),
        admin: true,
    }
}

fn to_vec(session: Session) -> Vec<u8> {
    let session = OpenSession {
        session,
        admin: true,
    };
    serde_json::to_vec(&session).unwrap()
}

async fn get(sessions: &CachedSessions) -> Result<Option<OpenSession>, RepositoryError> {
    sessions.get(session_of(&user()).id, user().id, now()).await
}

#[tokio::test]
async fn a_login_invalidates_the_sessions_that_it_may_have_ended() {
    for (opened, lookups) in [(true, 2), (false, 1)] {
        let mut inner = asked(lookups);
        inner.expect_open().return_once(move |_, _, _| Ok(opened));
        let (_, sessions) = cached(inner);
        get(&sessions).await.unwrap();
        let session = session_of(&user());
        assert_eq!(sessions.open(session, "token", &user()).await, Ok(opened));
        get(&sessions).await.unwrap();
    }
}

#[tokio::test]
async fn an_open_session_is_cached() {
    let (_, sessions) = cached(asked(1));
    for _ in 0..3 {
        assert_eq!(get(&sessions).await, Ok(Some(open_session())));
    }
}

#[tokio::test]
async fn missing_sessions_and_failures_are_not_cached() {
    let mut inner = MockSessionStore::new();
    let away = RepositoryError::Unavailable("away".into());
    let mut answers = vec![Ok(Some(open_session())), Ok(None), Err(away.clone())];
    inner
        .expect_get()
        .times(3)
        .returning(move |_, _, _| answers.pop().unwrap());
    let (_, sessions) = cached(inner);
    assert_eq!(get(&sessions).await, Err(away));
    assert_eq!(get(&sessions).await, Ok(None));
    assert_eq!(get(&sessions).await, Ok(Some(open_session())));
}

#[tokio::test]
async fn foreign_cache_entries_are_ignored() {
    let mine = session_of(&user());
    let others = Session {
        user_id: UserId::new(Uuid::from_u128(8)),
        ..mine.clone()
    };
    let over = Session {
        expires_at: now(),
        ..mine.clone()
    };
    for garbage in [
        b"garbage".to_vec(),
        serde_json::to_vec(&mine).unwrap(),
        to_vec(others),
        to_vec(over),
    ] {
        let (recording, sessions) = cached(asked(1));
        let entry = (Vec::new(), Arc::from(garbage));
        recording
            .entries
            .lock()
            .unwrap()
            .insert(mine.id.to_string(), entry);
        assert_eq!(get(&sessions).await, Ok(Some(open_session())));
    }
}

#[tokio::test]
async fn a_revoked_session_is_invalidated_even_on_failure() {
    for outcome in [
        Ok(true),
        Ok(false),
        Err(RepositoryError::Unavailable("away".into())),
    ] {
        let mut inner = asked(2);
        let answer = outcome.clone();
        inner.expect_revoke().once().return_once(|_, _| answer);
        let (recording, sessions) = cached(inner);
        let mine = session_of(&user());
        get(&sessions).await.unwrap();
        assert_eq!(sessions.revoke(mine.user_id, mine.id).await, outcome);
        assert_eq!(recording.invalidations(), [CacheTag::Session(mine.id)]);
        get(&sessions).await.unwrap();
    }
}

#[tokio::test]
async fn all_sessions_of_an_account_are_invalidated_together() {
    use crate::ports::Cache;
    let (recording, sessions) = cached(asked(2));
    get(&sessions).await.unwrap();
    recording
        .invalidate(&[CacheTag::SessionsOf(user().id)])
        .await;
    get(&sessions).await.unwrap();
}

#[tokio::test]
async fn a_rotated_or_stolen_session_is_invalidated() {
    let mine = || session_of(&user());
    let (known, forgotten) = (mine().id, [CacheTag::Session(mine().id)]);
    for (outcome, invalidated) in [
        (RefreshOutcome::Rotated(mine()), &forgotten[..]),
        (RefreshOutcome::Reused(mine()), &forgotten[..]),
        (RefreshOutcome::Repeated(mine(), "sealed".to_owned()), &[]),
        (RefreshOutcome::Unknown, &[]),
    ] {
        let mut inner = MockSessionStore::new();
        let answer = outcome.clone();
        inner
            .expect_rotate()
            .once()
            .return_once(|_, _, _, _, _| Ok(answer));
        let (recording, sessions) = cached(inner);
        let until = now() + TimeDelta::days(30);
        assert_eq!(
            sessions.rotate("old", "new", "sealed", now(), until).await,
            Ok(outcome),
            "{known}"
        );
        assert_eq!(recording.invalidations(), invalidated);
    }
}

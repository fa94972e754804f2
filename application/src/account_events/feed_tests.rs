//! Followers of a feed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use sojourn_domain::shared::{RepositoryError, UserId};
use tokio::time::timeout;
use uuid::Uuid;

use super::{EventFeed, EventPosition, FollowError, PositionError};
use crate::ports::{
    AccountEvent, EVENT_RETENTION, EventSubject, MockAccountEvents, MockSigner, TokenError,
};
use crate::test_support::test_ports::now;

fn account(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(number))
}

fn event(sequence: u64, user_id: UserId) -> AccountEvent {
    AccountEvent {
        id: Uuid::nil(),
        sequence,
        user_id,
        subject: EventSubject::Account(user_id),
        notification: None,
        at: now(),
    }
}

/// Events of account 1, as many as the counter says.
fn events(count: &Arc<AtomicU64>) -> MockAccountEvents {
    let mut events = MockAccountEvents::new();
    let count = || Arc::clone(count);
    let (last, known, own) = (count(), count(), count());
    events.expect_number().returning(|_| Ok(0));
    events
        .expect_last()
        .returning(move || Ok(last.load(Ordering::SeqCst)));
    events.expect_accounts_after().returning(move |after, _| {
        let known = after + 1..=known.load(Ordering::SeqCst);
        Ok(known.map(|sequence| (sequence, account(1))).collect())
    });
    events
        .expect_of_account()
        .returning(move |user_id, after, _| {
            let known = after + 1..=own.load(Ordering::SeqCst);
            Ok(known
                .filter(|_| user_id == account(1))
                .map(|it| event(it, user_id))
                .collect())
        });
    events
}

fn sequences(events: &[AccountEvent]) -> Vec<u64> {
    events.iter().map(|event| event.sequence).collect()
}

#[tokio::test(start_paused = true)]
async fn followers_of_the_account_are_woken_and_load_what_follows_their_position() {
    let count = Arc::new(AtomicU64::new(3));
    let feed = EventFeed::new(Arc::new(events(&count)));
    let mut from_now = feed.follow(account(1), None).await.unwrap();
    let mut from_one = feed.follow(account(1), Some(1)).await.unwrap();
    let mut from_nowhere = feed.follow(account(1), Some(99)).await.unwrap();
    let other = feed.follow(account(2), None).await.unwrap();
    assert_eq!(from_now.next_events().await.unwrap(), []);
    assert_eq!(sequences(&from_one.next_events().await.unwrap()), [2, 3]);
    count.store(5, Ordering::SeqCst);
    from_now.wait().await;
    assert_eq!(sequences(&from_now.next_events().await.unwrap()), [4, 5]);
    from_one.wait().await;
    assert_eq!(sequences(&from_one.next_events().await.unwrap()), [4, 5]);
    assert_eq!(
        sequences(&from_nowhere.next_events().await.unwrap()),
        [4, 5]
    );
    let nothing = timeout(Duration::from_secs(60), other.wait()).await;
    assert!(nothing.is_err());
}

#[tokio::test(start_paused = true)]
async fn an_account_has_five_followers_and_a_closed_feed_none() {
    let feed = EventFeed::new(Arc::new(events(&Arc::default())));
    let mut followers = Vec::new();
    for _ in 0..5 {
        followers.push(feed.follow(account(1), None).await.unwrap());
    }
    let refused = feed.follow(account(1), None).await.err();
    assert_eq!(refused, Some(FollowError::TooMany));
    followers.pop();
    let sixth = feed.follow(account(1), None).await.unwrap();
    assert_eq!(feed.followers(), 5);
    feed.close();
    sixth.wait().await;
    assert!(sixth.is_closed());
    let refused = feed.follow(account(2), None).await.err();
    assert_eq!(refused, Some(FollowError::Closed));
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_is_looked_at_again() {
    let mut events = MockAccountEvents::new();
    let mut looks = 0;
    events.expect_number().returning(move |_| {
        looks += 1;
        match looks {
            2 => Err(RepositoryError::Unavailable("down".to_owned())),
            _ => Ok(0),
        }
    });
    events.expect_last().returning(|| Ok(7));
    events
        .expect_accounts_after()
        .returning(|after, _| Ok(vec![(after + 1, account(1))]));
    let feed = EventFeed::new(Arc::new(events));
    let follower = feed.follow(account(1), None).await.unwrap();
    let woken = timeout(Duration::from_secs(10), follower.wait()).await;
    assert!(woken.is_ok());
}

#[test]
fn a_position_is_refused_once_events_after_it_may_be_deleted() {
    let mut signer = MockSigner::new();
    let position = EventPosition {
        sequence: 7,
        at: now(),
    };
    let bytes = [7_u64.to_be_bytes(), now().timestamp_millis().to_be_bytes()].concat();
    signer
        .expect_unseal()
        .returning(move |_, context, text| match (context, text) {
            (context, "good") if context == account(1).uuid().as_bytes() => Ok(bytes.clone()),
            (_, "short") => Ok(vec![1, 2, 3]),
            _ => Err(TokenError),
        });
    let unseal =
        |user, text: &str, later| EventPosition::unseal(&signer, user, text, now() + later);
    let (zero, second) = (TimeDelta::zero(), TimeDelta::seconds(1));
    assert_eq!(unseal(account(1), "good", zero), Ok(position));
    let kept = unseal(account(1), "good", EVENT_RETENTION - second);
    assert_eq!(kept, Ok(position));
    let expired = unseal(account(1), "good", EVENT_RETENTION);
    assert_eq!(expired, Err(PositionError::Expired));
    for (user, text) in [(2, "good"), (1, "short"), (1, "")] {
        let invalid = unseal(account(user), text, zero);
        assert_eq!(invalid, Err(PositionError::Invalid));
    }
}

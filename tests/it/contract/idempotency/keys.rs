//! Claims on idempotency keys, and the responses kept under them.

use crate::contract::on_every_database;

on_every_database!(
    one_of_several_claims_at_once_executes,
    a_lease_ends_after_half_a_minute,
    a_response_is_kept_for_a_day,
    a_released_key_is_free_at_once,
    fingerprints_of_earlier_secrets_are_known,
);

mod checks {
    use chrono::{DateTime, TimeDelta, Utc};
    use sojourn_application::ports::{
        Attempt, IdempotencyClaim, IdempotencyKey, IdempotencyStore, StoredResponse,
    };
    use sojourn_persistence::Database;
    use sojourn_tests::{new_id, now};

    fn key(fingerprints: &[&str]) -> IdempotencyKey {
        IdempotencyKey {
            scope: "anna".into(),
            key: "k".into(),
            fingerprints: fingerprints.iter().map(|&it| it.to_owned()).collect(),
        }
    }

    async fn claim(database: &Database, fingerprint: &str, now: DateTime<Utc>) -> IdempotencyClaim {
        let claimed = database.claim(key(&[fingerprint]), new_id(), now).await;
        claimed.unwrap()
    }

    async fn execute(database: &Database, fingerprint: &str, now: DateTime<Utc>) -> Attempt {
        match claim(database, fingerprint, now).await {
            IdempotencyClaim::Execute(attempt) => attempt,
            other => panic!("{other:?}"),
        }
    }

    fn response() -> StoredResponse {
        StoredResponse {
            status: 201,
            headers: vec![("etag".into(), "\"1\"".into())],
            body: vec![0, 255, 7],
        }
    }

    pub async fn one_of_several_claims_at_once_executes(database: Database) {
        // The second round takes over from the first, whose lease has ended.
        for at in [now(), now() + TimeDelta::seconds(31)] {
            let claims: Vec<_> = (0..4)
                .map(|_| {
                    let database = database.clone();
                    tokio::spawn(async move { claim(&database, "one", at).await })
                })
                .collect();
            let mut executing = 0;
            for claim in claims {
                executing +=
                    u32::from(matches!(claim.await.unwrap(), IdempotencyClaim::Execute(_)));
            }
            assert_eq!(executing, 1);
        }
    }

    pub async fn a_lease_ends_after_half_a_minute(database: Database) {
        let first = execute(&database, "one", now()).await;
        let before = claim(&database, "one", now() + TimeDelta::seconds(29)).await;
        assert_eq!(before, IdempotencyClaim::InProgress);
        let after = now() + TimeDelta::seconds(31);
        assert_eq!(
            claim(&database, "two", after).await,
            IdempotencyClaim::Reused
        );
        let second = execute(&database, "one", after).await;
        assert_eq!(
            (second.prior.is_none(), second.id == first.id),
            (true, false)
        );
        // The first attempt has lost its key: it neither answers nor releases.
        database.answer(&first, response()).await.unwrap();
        database.release(&first).await.unwrap();
        assert_eq!(
            claim(&database, "one", after).await,
            IdempotencyClaim::InProgress
        );
    }

    pub async fn a_response_is_kept_for_a_day(database: Database) {
        let attempt = execute(&database, "one", now()).await;
        database.answer(&attempt, response()).await.unwrap();
        // A key with a response is not released.
        database.release(&attempt).await.unwrap();
        let late = now() + TimeDelta::hours(23);
        assert_eq!(
            claim(&database, "one", late).await,
            IdempotencyClaim::Answered(response())
        );
        let next_day = now() + TimeDelta::hours(24);
        execute(&database, "two", next_day).await;
        assert_eq!(database.delete_before(next_day).await, Ok(0));
        let later = next_day + TimeDelta::hours(1);
        assert_eq!(database.delete_before(later).await, Ok(1));
    }

    pub async fn a_released_key_is_free_at_once(database: Database) {
        let attempt = execute(&database, "one", now()).await;
        database.release(&attempt).await.unwrap();
        // Nothing was done under the key, so it may be used for another request too.
        execute(&database, "two", now()).await;
    }

    pub async fn fingerprints_of_earlier_secrets_are_known(database: Database) {
        execute(&database, "of the old secret", now()).await;
        let rotated = key(&["of the new secret", "of the old secret"]);
        let claimed = database.claim(rotated, new_id(), now()).await.unwrap();
        assert_eq!(claimed, IdempotencyClaim::InProgress);
    }
}

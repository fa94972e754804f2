//! An in-memory idempotency store.

use std::sync::Mutex;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_application::ports::{
    Attempt, IdempotencyClaim, IdempotencyKey, IdempotencyStore, StoredResponse,
};
use sojourn_domain::shared::RepositoryError;
use uuid::Uuid;

/// Keys with their stored responses.
#[derive(Default)]
pub struct InMemoryIdempotencyStore(Mutex<Vec<(IdempotencyKey, Option<StoredResponse>)>>);

#[async_trait]
impl IdempotencyStore for InMemoryIdempotencyStore {
    async fn claim(
        &self,
        key: IdempotencyKey,
        attempt: Uuid,
        _: DateTime<Utc>,
    ) -> Result<IdempotencyClaim, RepositoryError> {
        let mut all = self.0.lock().unwrap();
        let same = all
            .iter()
            .find(|(old, _)| old.key == key.key && old.scope == key.scope);
        Ok(match same {
            Some((old, _)) if old.fingerprints != key.fingerprints => IdempotencyClaim::Reused,
            Some((_, Some(answer))) => IdempotencyClaim::Answered(answer.clone()),
            Some((_, None)) => IdempotencyClaim::InProgress,
            None => {
                all.push((key.clone(), None));
                IdempotencyClaim::Execute(Attempt {
                    scope: key.scope,
                    key: key.key,
                    id: attempt,
                    prior: None,
                })
            }
        })
    }

    async fn answer(
        &self,
        attempt: &Attempt,
        response: StoredResponse,
    ) -> Result<(), RepositoryError> {
        let mut all = self.0.lock().unwrap();
        let own = all
            .iter_mut()
            .find(|(key, _)| key.key == attempt.key && key.scope == attempt.scope);
        own.unwrap().1 = Some(response);
        Ok(())
    }

    async fn release(&self, attempt: &Attempt) -> Result<(), RepositoryError> {
        let mut all = self.0.lock().unwrap();
        all.retain(|(key, _)| key.key != attempt.key || key.scope != attempt.scope);
        Ok(())
    }

    async fn delete_before(&self, _: DateTime<Utc>) -> Result<u64, RepositoryError> {
        Ok(0)
    }
}

//! An in-memory idempotency store.

use std::sync::Mutex;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_application::ports::{
    IdempotencyClaim, IdempotencyKey, IdempotencyStore, StoredResponse,
};
use sojourn_domain::shared::RepositoryError;

/// Keys with their stored responses.
#[derive(Default)]
pub struct InMemoryIdempotencyStore(Mutex<Vec<(IdempotencyKey, Option<StoredResponse>)>>);

#[async_trait]
impl IdempotencyStore for InMemoryIdempotencyStore {
    async fn claim(
        &self,
        key: IdempotencyKey,
        _: DateTime<Utc>,
    ) -> Result<IdempotencyClaim, RepositoryError> {
        let mut all = self.0.lock().unwrap();
        let same = all
            .iter()
            .find(|(old, _)| old.key == key.key && old.scope == key.scope);
        Ok(match same {
            Some((old, _)) if old.fingerprint != key.fingerprint => IdempotencyClaim::Reused,
            Some((_, Some(answer))) => IdempotencyClaim::Answered(answer.clone()),
            Some((_, None)) => IdempotencyClaim::InProgress,
            None => {
                all.push((key, None));
                IdempotencyClaim::Fresh
            }
        })
    }

    async fn answer(
        &self,
        key: IdempotencyKey,
        response: StoredResponse,
    ) -> Result<(), RepositoryError> {
        let mut all = self.0.lock().unwrap();
        all.retain(|(old, _)| *old != key);
        all.push((key, Some(response)));
        Ok(())
    }

    async fn release(&self, key: IdempotencyKey) -> Result<(), RepositoryError> {
        self.0.lock().unwrap().retain(|(old, _)| *old != key);
        Ok(())
    }

    async fn delete_before(&self, _: DateTime<Utc>) -> Result<u64, RepositoryError> {
        Ok(0)
    }
}

//! Passwords.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Argon2, PasswordHash};
use async_trait::async_trait;
use sojourn_application::ports::{HashError, PasswordHasher};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;

use crate::ids::random;

/// How many may wait for each that is being worked on: about two seconds of work.
const WAITING_EACH: usize = 40;

/// Hashes with Argon2id (19 MiB, two passes, one lane: what OWASP recommends), off the async threads.
///
/// So many passwords at a time as it is made for; of those beyond, so many wait as are served within seconds, and
/// the others are refused.
#[derive(Clone)]
pub struct Argon2Hasher {
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

/// Given back when the work ends, which may be after its caller went away.
struct Turn {
    _running: OwnedSemaphorePermit,
    _admitted: OwnedSemaphorePermit,
}

impl Argon2Hasher {
    /// Hashes at most so many passwords at a time, and at least one.
    #[must_use]
    pub fn new(concurrency: usize) -> Self {
        let concurrency = concurrency.max(1);
        let admitted = concurrency.saturating_mul(WAITING_EACH + 1).min(Semaphore::MAX_PERMITS);
        Self { running: Arc::new(Semaphore::new(concurrency)), admitted: Arc::new(Semaphore::new(admitted)) }
    }

    async fn turn(&self) -> Result<Turn, HashError> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| HashError)?;
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(|_| HashError)?;
        Ok(Turn { _running: running, _admitted: admitted })
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let turn = self.turn().await?;
        let worked = spawn_blocking(move || {
            let done = job();
            drop(turn);
            done
        });
        worked.await.map_err(|_| HashError)
    }
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: String) -> Result<String, HashError> {
        self.work(move || hash(&password)).await?
    }

    async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, HashError> {
        self.work(move || verify(&password, hash.as_deref())).await
    }
}

fn hash(password: &str) -> Result<String, HashError> {
    let salt = random::<16>();
    let hash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map_err(|_| HashError)?;
    Ok(hash.to_string())
}

fn verify(password: &str, phc: Option<&str>) -> bool {
    match phc.and_then(|phc| PasswordHash::new(phc).ok()) {
        Some(known) => Argon2::default().verify_password(password.as_bytes(), &known).is_ok(),
        None => {
            let _as_long_as_verifying = hash(password);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn verifies_what_it_hashed() {
        let hasher = Argon2Hasher::new(2);
        let password = "correct horse battery staple".to_owned();
        let hash = hasher.hash(password.clone()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hasher.hash(password.clone()).await.unwrap(), hash);
        assert_eq!(hasher.verify(password.clone(), Some(hash.clone())).await, Ok(true));
        assert_eq!(hasher.verify("another password".to_owned(), Some(hash)).await, Ok(false));
        assert_eq!(hasher.verify(password.clone(), None).await, Ok(false));
        assert_eq!(hasher.verify(password, Some("no hash".to_owned())).await, Ok(false));
    }

    #[tokio::test]
    async fn refuses_what_would_wait_too_long() {
        let hasher = Argon2Hasher::new(1);
        let first = hasher.turn().await.unwrap();
        let waiting: Vec<_> = (0..WAITING_EACH)
            .map(|_| {
                let hasher = hasher.clone();
                tokio::spawn(async move { hasher.turn().await.is_ok() })
            })
            .collect();
        tokio::task::yield_now().await;
        assert!(hasher.turn().await.is_err());
        drop(first);
        for turn in waiting {
            assert!(turn.await.unwrap());
        }
        assert!(hasher.turn().await.is_ok());
    }
}

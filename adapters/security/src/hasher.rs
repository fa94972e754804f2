//! Passwords.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, PasswordHash, Version};
use async_trait::async_trait;
use sojourn_application::ports::{HashError, PasswordHasher, Verified};
use tokio::task::spawn_blocking;

use crate::hash_work::HashWork;
use crate::ids::random;
use crate::turns::Turns;

/// The work that may wait for each password that is being worked on, in KiB passed over: 40 of the default, about
/// two seconds.
const WAITING_EACH: u64 = 40 * 19_456 * 2;

/// Hashes with Argon2id, off the async threads.
///
/// So many passwords at a time as it is made for; of those beyond, so many wait as are served within seconds, and
/// the others are refused.
#[derive(Clone)]
pub struct Argon2Hasher {
    work: HashWork,
    turns: Turns,
}

impl Argon2Hasher {
    /// Hashes at most so many passwords at a time, and at least one. Each takes the memory of `work` meanwhile.
    #[must_use]
    pub fn new(parallel: usize, work: HashWork) -> Self {
        Self {
            work,
            turns: Turns::new(parallel.max(1), waiting_each(work)),
        }
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce(HashWork) -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let turn = self.turns.take().await.ok_or(HashError)?;
        let work = self.work;
        let worked = spawn_blocking(move || {
            let done = job(work);
            drop(turn);
            done
        });
        worked.await.map_err(|_| HashError)
    }
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: String) -> Result<String, HashError> {
        self.work(move |work| hash(work, &password)).await?
    }

    async fn verify(&self, password: String, hash: Option<String>) -> Result<Verified, HashError> {
        self.work(move |work| verify(work, &password, hash.as_deref()))
            .await
    }
}

/// The more work a hash is, the fewer wait, so that nobody waits for minutes.
fn waiting_each(work: HashWork) -> usize {
    let waiting = WAITING_EACH.checked_div(work.effort()).unwrap_or(0);
    usize::try_from(waiting).unwrap_or(usize::MAX).max(1)
}

fn hash(work: HashWork, password: &str) -> Result<String, HashError> {
    let salt = random::<16>();
    let hash = work
        .argon2()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|_| HashError)?;
    Ok(hash.to_string())
}

/// A password that does not fit costs the present work, whatever is stored, so that the time tells nothing.
fn verify(work: HashWork, password: &str, phc: Option<&str>) -> Verified {
    let known = phc.and_then(|phc| PasswordHash::new(phc).ok());
    let Some((known, spent)) =
        known.and_then(|hash| HashWork::of(&hash).map(|spent| (hash, spent)))
    else {
        let _as_long_as_verifying = hash(work, password);
        return Verified {
            fits: false,
            outdated: false,
        };
    };
    let fits = Argon2::default()
        .verify_password(password.as_bytes(), &known)
        .is_ok();
    if !fits {
        let _as_long_as_now = work.after(spent).map(|left| hash(left, password));
    }
    Verified {
        fits,
        outdated: spent.is_below(work) || !is_of_this_make(&known),
    }
}

fn is_of_this_make(hash: &PasswordHash) -> bool {
    hash.algorithm == Algorithm::Argon2id.ident()
        && hash
            .version
            .is_some_and(|version| version >= u32::from(Version::V0x13))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FITS: Verified = Verified {
        fits: true,
        outdated: false,
    };
    const WRONG: Verified = Verified {
        fits: false,
        outdated: false,
    };

    fn hasher(parallel: usize) -> Argon2Hasher {
        Argon2Hasher::new(parallel, HashWork::default())
    }

    #[tokio::test]
    async fn verifies_what_it_hashed() {
        let hasher = hasher(2);
        let password = "correct horse battery staple".to_owned();
        let hash = hasher.hash(password.clone()).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert_ne!(hasher.hash(password.clone()).await.unwrap(), hash);
        assert_eq!(
            hasher.verify(password.clone(), Some(hash.clone())).await,
            Ok(FITS)
        );
        assert_eq!(
            hasher
                .verify("another password".to_owned(), Some(hash))
                .await,
            Ok(WRONG)
        );
        assert_eq!(hasher.verify(password.clone(), None).await, Ok(WRONG));
        for foreign in [
            "no hash",
            "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4",
        ] {
            assert_eq!(
                hasher
                    .verify(password.clone(), Some(foreign.to_owned()))
                    .await,
                Ok(WRONG),
                "{foreign}"
            );
        }
    }

    #[tokio::test]
    async fn hashes_with_less_work_are_outdated() {
        let more = HashWork::parse("m=20000,t=2,p=1").unwrap();
        let (before, now) = (hasher(1), Argon2Hasher::new(1, more));
        let password = || "lantern by the harbour".to_owned();
        let old = before.hash(password()).await.unwrap();
        let outdated = Verified {
            fits: true,
            outdated: true,
        };
        assert_eq!(
            now.verify(password(), Some(old.clone())).await,
            Ok(outdated)
        );
        assert!(
            !now.verify("wrong".to_owned(), Some(old))
                .await
                .unwrap()
                .fits
        );
        let new = now.hash(password()).await.unwrap();
        assert!(new.contains("$m=20000,t=2,p=1$"), "{new}");
        assert_eq!(now.verify(password(), Some(new.clone())).await, Ok(FITS));
        assert_eq!(before.verify(password(), Some(new)).await, Ok(FITS));
    }

    #[tokio::test]
    async fn hashes_of_other_algorithms_and_versions_are_outdated() {
        let params = || argon2::Params::default();
        for (algorithm, version) in [
            (Algorithm::Argon2i, Version::V0x13),
            (Algorithm::Argon2d, Version::V0x13),
            (Algorithm::Argon2id, Version::V0x10),
        ] {
            let argon2 = Argon2::new(algorithm, version, params());
            let hash = argon2
                .hash_password_with_salt(b"password", &random::<16>())
                .unwrap()
                .to_string();
            let verified = hasher(1)
                .verify("password".to_owned(), Some(hash.clone()))
                .await;
            assert_eq!(
                verified,
                Ok(Verified {
                    fits: true,
                    outdated: true
                }),
                "{hash}"
            );
        }
    }

    #[tokio::test]
    async fn a_flood_is_refused_at_once() {
        let hasher = hasher(1);
        let _first = hasher.turns.take().await.unwrap();
        let waiting: Vec<_> = (0..40)
            .map(|_| {
                let hasher = hasher.clone();
                tokio::spawn(async move { hasher.hash("a password".to_owned()).await })
            })
            .collect();
        tokio::task::yield_now().await;
        assert_eq!(hasher.hash("a password".to_owned()).await, Err(HashError));
        assert_eq!(
            hasher.verify("a password".to_owned(), None).await,
            Err(HashError)
        );
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
    }

    #[test]
    fn the_more_work_the_fewer_wait() {
        assert_eq!(waiting_each(HashWork::default()), 40);
        assert_eq!(
            waiting_each(HashWork::parse("m=194560,t=2,p=1").unwrap()),
            4
        );
        assert_eq!(
            waiting_each(HashWork::parse("m=1048576,t=20,p=1").unwrap()),
            1
        );
    }
}

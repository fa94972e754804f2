//! Password hashing.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, PasswordHash, Version};
use async_trait::async_trait;
use sojourn_application::ports::{HashError, HashOrigin, PasswordCheck, PasswordHasher};
use tokio::task::spawn_blocking;
use unicode_normalization::UnicodeNormalization;

use crate::argon2_params::Argon2Params;
use crate::bounded_queue::Permits;
use crate::ids::random_bytes;

/// Cost of the hashes that may wait for each running one (memory times passes, in KiB): 40 hashes of the default
/// parameters, about two seconds.
const QUEUED_COST: u64 = 40 * 19_456 * 2;

/// Password hashing with Argon2id, off the async threads.
///
/// The number of concurrent hashes is limited. As many further calls wait as can be served within seconds, and the
/// rest fail at once.
#[derive(Clone)]
pub struct Argon2Hasher {
    params: Argon2Params,
    permits: Permits,
}

impl Argon2Hasher {
    /// A hasher of at most `parallel` concurrent hashes, and at least one. Each occupies the memory of `params`.
    #[must_use]
    pub fn new(parallel: usize, params: Argon2Params) -> Self {
        Self {
            params,
            permits: Permits::new(parallel.max(1), queued_each(params), false),
        }
    }

    /// A hasher whose queue no network can fill: each takes a few places, and a quarter of them is kept for networks
    /// with open sessions.
    #[must_use]
    pub fn limiting_networks(parallel: usize, params: Argon2Params) -> Self {
        Self {
            params,
            permits: Permits::new(parallel.max(1), queued_each(params), true),
        }
    }

    async fn run<T: Send + 'static>(
        &self,
        origin: HashOrigin,
        job: impl FnOnce(Argon2Params) -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let permit = self.permits.acquire(origin).await.ok_or(HashError)?;
        let params = self.params;
        let task = spawn_blocking(move || {
            let result = job(params);
            drop(permit);
            result
        });
        task.await.map_err(|_| HashError)
    }
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: String, origin: HashOrigin) -> Result<String, HashError> {
        self.run(origin, move |params| hash(params, &composed(&password)))
            .await?
    }

    async fn verify(
        &self,
        password: String,
        hash: Option<String>,
        origin: HashOrigin,
    ) -> Result<PasswordCheck, HashError> {
        self.run(origin, move |params| {
            verify_forms(params, &password, hash.as_deref())
        })
        .await
    }
}

/// Length of the queue for each running hash: the more expensive a hash, the shorter the queue, so that no call waits
/// for minutes.
fn queued_each(params: Argon2Params) -> usize {
    let queued = QUEUED_COST.checked_div(params.cost()).unwrap_or(0);
    usize::try_from(queued).unwrap_or(usize::MAX).max(1)
}

fn hash(params: Argon2Params, password: &str) -> Result<String, HashError> {
    let salt = random_bytes::<16>();
    let hash = params
        .argon2()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|_| HashError)?;
    Ok(hash.to_string())
}

/// The password in the form in which it is hashed (NFC): keyboards compose accents differently.
fn composed(password: &str) -> String {
    password.nfc().collect()
}

/// Verifies the composed form, and if it differs also the password as it was typed, of which older hashes were made:
/// those are outdated. The number of hashes depends on the password alone.
fn verify_forms(params: Argon2Params, password: &str, phc: Option<&str>) -> PasswordCheck {
    let composed = composed(password);
    let check = verify(params, &composed, phc);
    if check.matches || composed == password {
        return check;
    }
    let typed = verify(params, password, phc);
    PasswordCheck {
        outdated: typed.matches || typed.outdated,
        ..typed
    }
}

/// A wrong password takes the time of the current parameters, whichever hash is stored, so that the time reveals
/// nothing about the hash.
fn verify(params: Argon2Params, password: &str, phc: Option<&str>) -> PasswordCheck {
    let known = phc.and_then(|phc| PasswordHash::new(phc).ok());
    let Some((known, spent)) =
        known.and_then(|hash| Argon2Params::from_hash(&hash).map(|spent| (hash, spent)))
    else {
        let _takes_as_long_as_verifying = hash(params, password);
        return PasswordCheck {
            matches: false,
            outdated: false,
        };
    };
    let matches = Argon2::default()
        .verify_password(password.as_bytes(), &known)
        .is_ok();
    if !matches {
        let _takes_the_remaining_time = params
            .remaining_after(spent)
            .map(|rest| hash(rest, password));
    }
    PasswordCheck {
        matches,
        outdated: spent.is_below(params) || !uses_current_algorithm(&known),
    }
}

fn uses_current_algorithm(hash: &PasswordHash) -> bool {
    hash.algorithm == Algorithm::Argon2id.ident()
        && hash
            .version
            .is_some_and(|version| version >= u32::from(Version::V0x13))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MATCHES: PasswordCheck = PasswordCheck {
        matches: true,
        outdated: false,
    };
    const WRONG: PasswordCheck = PasswordCheck {
        matches: false,
        outdated: false,
    };

    fn hasher(parallel: usize) -> Argon2Hasher {
        Argon2Hasher::new(parallel, Argon2Params::default())
    }

    #[tokio::test]
    async fn verifies_its_own_hashes() {
        let hasher = hasher(2);
        let password = "correct horse battery staple".to_owned();
        let hash = hasher
            .hash(password.clone(), HashOrigin::Internal)
            .await
            .unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert_ne!(
            hasher
                .hash(password.clone(), HashOrigin::Internal)
                .await
                .unwrap(),
            hash
        );
        assert_eq!(
            hasher
                .verify(password.clone(), Some(hash.clone()), HashOrigin::Internal)
                .await,
            Ok(MATCHES)
        );
        assert_eq!(
            hasher
                .verify(
                    "another password".to_owned(),
                    Some(hash),
                    HashOrigin::Internal
                )
                .await,
            Ok(WRONG)
        );
        assert_eq!(
            hasher
                .verify(password.clone(), None, HashOrigin::Internal)
                .await,
            Ok(WRONG)
        );
        for foreign in [
            "no hash",
            "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4",
        ] {
            assert_eq!(
                hasher
                    .verify(
                        password.clone(),
                        Some(foreign.to_owned()),
                        HashOrigin::Internal
                    )
                    .await,
                Ok(WRONG),
                "{foreign}"
            );
        }
    }

    #[tokio::test]
    async fn composed_and_decomposed_passwords_are_one() {
        let hasher = hasher(2);
        let (composed, decomposed) = ("café am Hafen 7", "cafe\u{301} am Hafen 7");
        for (set, typed) in [(composed, decomposed), (decomposed, composed)] {
            let hash = hasher
                .hash(set.to_owned(), HashOrigin::Internal)
                .await
                .unwrap();
            let checked = hasher
                .verify(typed.to_owned(), Some(hash.clone()), HashOrigin::Internal)
                .await;
            assert_eq!(checked, Ok(MATCHES));
            let other = hasher
                .verify(
                    "cafe am Hafen 7".to_owned(),
                    Some(hash),
                    HashOrigin::Internal,
                )
                .await;
            assert_eq!(other, Ok(WRONG));
        }
        // A hash of the time before was made of what was typed.
        let older = hash(Argon2Params::default(), decomposed).unwrap();
        let checked = hasher
            .verify(decomposed.to_owned(), Some(older), HashOrigin::Internal)
            .await;
        let upgraded = PasswordCheck {
            matches: true,
            outdated: true,
        };
        assert_eq!(checked, Ok(upgraded));
    }

    #[tokio::test]
    async fn hashes_of_weaker_parameters_are_outdated() {
        let stronger = Argon2Params::parse("m=20000,t=2,p=1").unwrap();
        let before = hasher(1);
        let now = Argon2Hasher::new(1, stronger);
        let password = || "lantern by the harbour".to_owned();
        let old = before.hash(password(), HashOrigin::Internal).await.unwrap();
        let outdated = PasswordCheck {
            matches: true,
            outdated: true,
        };
        assert_eq!(
            now.verify(password(), Some(old.clone()), HashOrigin::Internal)
                .await,
            Ok(outdated)
        );
        assert!(
            !now.verify("wrong".to_owned(), Some(old), HashOrigin::Internal)
                .await
                .unwrap()
                .matches
        );
        let new = now.hash(password(), HashOrigin::Internal).await.unwrap();
        assert!(new.contains("$m=20000,t=2,p=1$"), "{new}");
        assert_eq!(
            now.verify(password(), Some(new.clone()), HashOrigin::Internal)
                .await,
            Ok(MATCHES)
        );
        assert_eq!(
            before
                .verify(password(), Some(new), HashOrigin::Internal)
                .await,
            Ok(MATCHES)
        );
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
                .hash_password_with_salt(b"password", &random_bytes::<16>())
                .unwrap()
                .to_string();
            let verified = hasher(1)
                .verify(
                    "password".to_owned(),
                    Some(hash.clone()),
                    HashOrigin::Internal,
                )
                .await;
            assert_eq!(
                verified,
                Ok(PasswordCheck {
                    matches: true,
                    outdated: true
                }),
                "{hash}"
            );
        }
    }

    #[tokio::test]
    async fn calls_beyond_the_queue_fail_at_once() {
        let hasher = hasher(1);
        let _first = hasher.permits.acquire(HashOrigin::Internal).await.unwrap();
        let waiting: Vec<_> = (0..40)
            .map(|_| {
                let hasher = hasher.clone();
                tokio::spawn(async move {
                    hasher
                        .hash("a password".to_owned(), HashOrigin::Internal)
                        .await
                })
            })
            .collect();
        tokio::task::yield_now().await;
        assert_eq!(
            hasher
                .hash("a password".to_owned(), HashOrigin::Internal)
                .await,
            Err(HashError)
        );
        assert_eq!(
            hasher
                .verify("a password".to_owned(), None, HashOrigin::Internal)
                .await,
            Err(HashError)
        );
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
    }

    #[test]
    fn the_queue_is_shorter_for_more_expensive_hashes() {
        assert_eq!(queued_each(Argon2Params::default()), 40);
        assert_eq!(
            queued_each(Argon2Params::parse("m=194560,t=2,p=1").unwrap()),
            4
        );
        assert_eq!(
            queued_each(Argon2Params::parse("m=1048576,t=20,p=1").unwrap()),
            1
        );
    }
}

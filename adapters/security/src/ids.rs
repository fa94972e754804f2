//! Random ids, secrets and codes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sojourn_application::ports::Ids;
use uuid::Uuid;

/// Characters that are hard to confuse: no 0, 1, I, L, O, U.
const ALPHABET: [u8; 30] = *b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Unpredictable ids and secrets from the randomness of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    #[expect(clippy::disallowed_methods, reason = "this adapter generates the ids")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn secret(&self) -> String {
        generate_secret()
    }

    fn code(&self, length: usize) -> String {
        let mut code = String::with_capacity(length);
        while code.len() < length {
            let unbiased = random_bytes::<32>().into_iter().filter(|byte| *byte < 240);
            code.extend(
                unbiased.map(|byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()])),
            );
        }
        code.truncate(length);
        code
    }
}

/// A secret of 256 random bits as 43 characters of URL-safe base64.
#[must_use]
pub fn generate_secret() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<32>())
}

/// Random bytes. Waits while the operating system has no randomness: without it secrets would be predictable.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    while getrandom::fill(&mut bytes).is_err() {
        std::thread::yield_now();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_codes_are_unique_and_well_formed() {
        assert_eq!(RandomIds.secret().len(), 43);
        assert_ne!(RandomIds.secret(), RandomIds.secret());
        for length in [0, 1, 10, 100] {
            let code = RandomIds.code(length);
            assert_eq!(code.len(), length);
            assert!(code.bytes().all(|byte| ALPHABET.contains(&byte)), "{code}");
        }
        assert_ne!(RandomIds.code(10), RandomIds.code(10));
    }

    #[test]
    fn uuids_sort_by_creation_time() {
        let uuids: Vec<_> = (0..100).map(|_| RandomIds.uuid()).collect();
        assert!(uuids.is_sorted());
        assert_eq!(uuids[0].get_version_num(), 7);
    }
}

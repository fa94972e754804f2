//! Sealing what is stored and must be read again, such as the secrets of authenticator apps.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::ids::random;
use crate::keys::derive;

const VERSION: &str = "v1.";

/// Seals with ChaCha20-Poly1305 for one use. A sealed text is `v1.` and, in URL-safe base64, the nonce with the
/// sealed bytes and their tag.
///
/// Nonces are random: with 96 bits a key is good for some 2³² texts.
pub(crate) struct Seal {
    keys: Vec<LessSafeKey>,
}

impl Seal {
    /// Seals with the first secret and opens what any of them sealed.
    pub(crate) fn new(secrets: &[Vec<u8>], usage: &str) -> Self {
        let key =
            |secret: &Vec<u8>| UnboundKey::new(&CHACHA20_POLY1305, &derive(secret, usage)).ok();
        Self {
            keys: secrets
                .iter()
                .filter_map(key)
                .map(LessSafeKey::new)
                .collect(),
        }
    }

    /// The sealed text; without a key `None`, never the bytes as they are.
    pub(crate) fn close(&self, bytes: &[u8]) -> Option<String> {
        let nonce = random::<NONCE_LEN>();
        let mut sealed = bytes.to_vec();
        let key = self.keys.first()?;
        key.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::empty(),
            &mut sealed,
        )
        .ok()?;
        Some(format!(
            "{VERSION}{}",
            URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat())
        ))
    }

    /// What was sealed, if it is whole and one of the secrets sealed it.
    pub(crate) fn open(&self, text: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(VERSION)?).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LEN>()?;
        self.keys.iter().find_map(|key| {
            let mut opened = sealed.to_vec();
            let nonce = Nonce::assume_unique_for_key(*nonce);
            key.open_in_place(nonce, Aad::empty(), &mut opened)
                .ok()
                .map(|bytes| bytes.to_vec())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &[u8] = b"the old secret of many bytes";
    const NEW: &[u8] = b"the new secret of many bytes";

    fn seal(secrets: &[&[u8]]) -> Seal {
        Seal::new(
            &secrets
                .iter()
                .map(|secret| secret.to_vec())
                .collect::<Vec<_>>(),
            "a use",
        )
    }

    #[test]
    fn opens_what_it_closed_and_shows_nothing_of_it() {
        let ours = seal(&[NEW]);
        let text = ours.close(b"twenty bytes of text").unwrap();
        assert!(text.starts_with("v1."), "{text}");
        assert!(
            !text.contains(&URL_SAFE_NO_PAD.encode("twenty bytes of text")),
            "{text}"
        );
        assert_eq!(ours.open(&text).unwrap(), b"twenty bytes of text");
        assert_ne!(ours.close(b"twenty bytes of text").unwrap(), text);
    }

    #[test]
    fn opens_nothing_else() {
        let ours = seal(&[NEW]);
        let text = ours.close(b"text").unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(&text[3..]).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(
                ours.open(&format!("v1.{}", URL_SAFE_NO_PAD.encode(changed))),
                None,
                "byte {at}"
            );
        }
        for other in [
            "",
            "v1.",
            "v1.AAAA",
            "v1.%",
            &text[3..],
            &text.replace("v1.", "v2."),
            &text[..text.len() - 1],
        ] {
            assert_eq!(ours.open(other), None, "{other}");
        }
        assert_eq!(Seal::new(&[NEW.to_vec()], "another use").open(&text), None);
    }

    #[test]
    fn rotation_closes_with_the_first_and_opens_with_all() {
        let before = seal(&[OLD]).close(b"text").unwrap();
        let rotated = seal(&[NEW, OLD]);
        assert_eq!(rotated.open(&before).unwrap(), b"text");
        assert!(
            seal(&[NEW])
                .open(&rotated.close(b"text").unwrap())
                .is_some()
        );
        assert_eq!(seal(&[NEW]).open(&before), None);
        assert_eq!(seal(&[]).close(b"text"), None);
    }
}

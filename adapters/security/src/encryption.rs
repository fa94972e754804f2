//! Encryption of stored secrets that must be readable, such as those of authenticator apps.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::ids::random_bytes;
use crate::key_derivation::derive_key;

const VERSION: &str = "v1.";

/// Authenticated encryption with ChaCha20-Poly1305 for one usage. A sealed text is `v1.` and, in URL-safe base64, the
/// nonce with the ciphertext and its tag.
///
/// Nonces are random: with 96 bits a key is safe for some 2³² texts.
pub(crate) struct SecretBox {
    keys: Vec<LessSafeKey>,
}

impl SecretBox {
    /// Seals with the first secret and opens texts sealed with any of them.
    pub(crate) fn new(secrets: &[Vec<u8>], usage: &str) -> Self {
        let key =
            |secret: &Vec<u8>| UnboundKey::new(&CHACHA20_POLY1305, &derive_key(secret, usage)).ok();
        Self {
            keys: secrets
                .iter()
                .filter_map(key)
                .map(LessSafeKey::new)
                .collect(),
        }
    }

    /// The sealed text; `None` without a key, never the plaintext.
    pub(crate) fn seal(&self, bytes: &[u8]) -> Option<String> {
        let nonce = random_bytes::<NONCE_LEN>();
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

    /// The plaintext; `None` when the text was altered or not sealed with one of the secrets.
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

    fn secret_box(secrets: &[&[u8]]) -> SecretBox {
        SecretBox::new(
            &secrets
                .iter()
                .map(|secret| secret.to_vec())
                .collect::<Vec<_>>(),
            "a usage",
        )
    }

    #[test]
    fn a_sealed_text_opens_and_does_not_contain_the_plaintext() {
        let secret_box = secret_box(&[NEW]);
        let text = secret_box.seal(b"twenty bytes of text").unwrap();
        assert!(text.starts_with("v1."), "{text}");
        assert!(
            !text.contains(&URL_SAFE_NO_PAD.encode("twenty bytes of text")),
            "{text}"
        );
        assert_eq!(secret_box.open(&text).unwrap(), b"twenty bytes of text");
        assert_ne!(secret_box.seal(b"twenty bytes of text").unwrap(), text);
    }

    #[test]
    fn altered_and_foreign_texts_do_not_open() {
        let secret_box = secret_box(&[NEW]);
        let text = secret_box.seal(b"text").unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(&text[3..]).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(
                secret_box.open(&format!("v1.{}", URL_SAFE_NO_PAD.encode(changed))),
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
            assert_eq!(secret_box.open(other), None, "{other}");
        }
        assert_eq!(
            SecretBox::new(&[NEW.to_vec()], "another usage").open(&text),
            None
        );
    }

    #[test]
    fn rotation_seals_with_the_first_secret_and_opens_with_all() {
        let before = secret_box(&[OLD]).seal(b"text").unwrap();
        let rotated = secret_box(&[NEW, OLD]);
        assert_eq!(rotated.open(&before).unwrap(), b"text");
        assert!(
            secret_box(&[NEW])
                .open(&rotated.seal(b"text").unwrap())
                .is_some()
        );
        assert_eq!(secret_box(&[NEW]).open(&before), None);
        assert_eq!(secret_box(&[]).seal(b"text"), None);
    }
}

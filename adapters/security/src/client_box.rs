//! Encryption of data that clients hold for this server, such as cursors.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::key_derivation::{derive_key, hmac_sha256};

/// Authenticated encryption with ChaCha20-Poly1305 for one purpose. A sealed text is the nonce with the ciphertext and
/// its tag in URL-safe base64. The nonce is derived from context and payload, so that the same page of a list has the
/// same cursor, and thereby the same entity tag.
pub(crate) struct ClientBox {
    key: LessSafeKey,
    nonce_key: Vec<u8>,
}

impl ClientBox {
    /// Keys derived from a secret.
    pub(crate) fn new(secret: &[u8], purpose: &str) -> Option<Self> {
        let key = derive_key(secret, &format!("sojourn sealed for clients: {purpose}"));
        let nonce_key = derive_key(secret, &format!("sojourn nonces for clients: {purpose}"));
        let key = UnboundKey::new(&CHACHA20_POLY1305, &key).ok()?;
        Some(Self {
            key: LessSafeKey::new(key),
            nonce_key,
        })
    }

    /// The sealed text of a payload, bound to a context.
    pub(crate) fn seal(&self, context: &[u8], payload: &[u8]) -> Option<String> {
        let length = u64::try_from(context.len()).ok()?;
        let digest = hmac_sha256(&self.nonce_key)?
            .chain_update(length.to_be_bytes())
            .chain_update(context)
            .chain_update(payload)
            .finalize()
            .into_bytes();
        let nonce: [u8; NONCE_LEN] = *digest.first_chunk()?;
        let mut sealed = payload.to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        self.key
            .seal_in_place_append_tag(unique, Aad::from(context), &mut sealed)
            .ok()?;
        Some(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// The payload; `None` when the text was altered, or sealed with another secret or for another context.
    pub(crate) fn open(&self, context: &[u8], text: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LEN>()?;
        let mut opened = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let payload = self
            .key
            .open_in_place(nonce, Aad::from(context), &mut opened)
            .ok()?;
        Some(payload.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use sojourn_application::ports::{Signer, TokenError};

    use super::*;
    use crate::signer::HmacSigner;

    fn signer(secrets: &[&str]) -> HmacSigner {
        let secrets: Vec<_> = secrets.iter().map(|it| it.as_bytes().to_vec()).collect();
        HmacSigner::new(&secrets)
    }

    #[test]
    fn a_sealed_text_opens_in_its_context_only() {
        let box_of = signer(&["one secret of a good many bytes ."]);
        let sealed = box_of.seal("cursor", b"/a?x=1", b"42.65258|id");
        assert_eq!(
            box_of.unseal("cursor", b"/a?x=1", &sealed),
            Ok(b"42.65258|id".to_vec())
        );
        assert_eq!(box_of.seal("cursor", b"/a?x=1", b"42.65258|id"), sealed);
        for (purpose, context) in [("cursor", "/a?x=2"), ("cursor", ""), ("quote", "/a?x=1")] {
            assert_eq!(
                box_of.unseal(purpose, context.as_bytes(), &sealed),
                Err(TokenError)
            );
        }
        let bytes = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
        let plain = b"42.65258";
        assert!(!bytes.windows(plain.len()).any(|part| part == plain));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let changed = URL_SAFE_NO_PAD.encode(changed);
            assert_eq!(
                box_of.unseal("cursor", b"/a?x=1", &changed),
                Err(TokenError),
                "{at}"
            );
        }
        for text in ["", "A", "%", "AAAAAAAAAAAAAAAA"] {
            assert!(box_of.unseal("cursor", b"/a?x=1", text).is_err(), "{text}");
        }
    }

    #[test]
    fn other_contexts_and_payloads_have_other_nonces() {
        let box_of = signer(&["one secret of a good many bytes ."]);
        let nonce = |context: &[u8], payload: &[u8]| {
            box_of.seal("cursor", context, payload)[..16].to_owned()
        };
        let all = [
            nonce(b"ab", b"c"),
            nonce(b"a", b"bc"),
            nonce(b"", b"abc"),
            nonce(b"ab", b"d"),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(!all[at + 1..].contains(one));
        }
    }

    #[test]
    fn rotation_seals_with_the_first_secret_and_opens_with_all() {
        let before = signer(&["the old secret"]).seal("cursor", b"", b"x");
        let rotated = signer(&["the new secret", "the old secret"]);
        assert!(rotated.unseal("cursor", b"", &before).is_ok());
        let after = rotated.seal("cursor", b"", b"x");
        assert!(
            signer(&["the new secret"])
                .unseal("cursor", b"", &after)
                .is_ok()
        );
        assert!(
            signer(&["the new secret"])
                .unseal("cursor", b"", &before)
                .is_err()
        );
    }
}

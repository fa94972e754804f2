//! Signatures and encryption of data that clients hold for this server.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac;
use sojourn_application::ports::{Signer, TokenError};

use crate::client_box::ClientBox;
use crate::key_derivation::{derive_key, hex, hmac_sha256};

/// Signatures with HMAC-SHA-256. A signed text is the payload and its tag in URL-safe base64, separated by a dot.
#[derive(Clone)]
pub struct HmacSigner {
    secrets: Vec<Vec<u8>>,
}

impl HmacSigner {
    /// Signs with the first secret and accepts signatures of any of them.
    #[must_use]
    pub fn new(secrets: &[Vec<u8>]) -> Self {
        Self {
            secrets: secrets.to_vec(),
        }
    }

    fn verifies(secret: &[u8], purpose: &str, payload: &[u8], tag: &[u8]) -> bool {
        let key = derive_key(secret, &usage(purpose));
        hmac_sha256(&key).is_some_and(|mac| mac.chain_update(payload).verify_slice(tag).is_ok())
    }
}

impl Signer for HmacSigner {
    fn sign(&self, purpose: &'static str, payload: &[u8]) -> String {
        let secret = self.secrets.first().map(Vec::as_slice).unwrap_or_default();
        let key = derive_key(secret, &usage(purpose));
        let tag =
            hmac_sha256(&key).map(|mac| mac.chain_update(payload).finalize().into_bytes().to_vec());
        let payload = URL_SAFE_NO_PAD.encode(payload);
        let tag = URL_SAFE_NO_PAD.encode(tag.unwrap_or_default());
        format!("{payload}.{tag}")
    }

    fn digests(&self, purpose: &'static str, payload: &[u8]) -> Vec<String> {
        let macs = self.secrets.iter().filter_map(|secret| {
            let key = derive_key(secret, &digest_usage(purpose));
            hmac_sha256(&key)
        });
        macs.map(|mac| hex(&mac.chain_update(payload).finalize().into_bytes()))
            .collect()
    }

    fn open(&self, purpose: &'static str, signed: &str) -> Result<Vec<u8>, TokenError> {
        let (payload, tag) = signed.split_once('.').ok_or(TokenError)?;
        let payload = URL_SAFE_NO_PAD.decode(payload).map_err(|_| TokenError)?;
        let tag = URL_SAFE_NO_PAD.decode(tag).map_err(|_| TokenError)?;
        let valid = self
            .secrets
            .iter()
            .any(|secret| Self::verifies(secret, purpose, &payload, &tag));
        if valid { Ok(payload) } else { Err(TokenError) }
    }

    fn seal(&self, purpose: &'static str, context: &[u8], payload: &[u8]) -> String {
        let secret = self.secrets.first().map(Vec::as_slice).unwrap_or_default();
        ClientBox::new(secret, purpose)
            .and_then(|client_box| client_box.seal(context, payload))
            .unwrap_or_default()
    }

    fn unseal(
        &self,
        purpose: &'static str,
        context: &[u8],
        sealed: &str,
    ) -> Result<Vec<u8>, TokenError> {
        let mut secrets = self.secrets.iter();
        let opened =
            secrets.find_map(|secret| ClientBox::new(secret, purpose)?.open(context, sealed));
        opened.ok_or(TokenError)
    }
}

fn usage(purpose: &str) -> String {
    format!("sojourn signature: {purpose}")
}

fn digest_usage(purpose: &str) -> String {
    format!("sojourn digest: {purpose}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(secrets: &[&str]) -> HmacSigner {
        HmacSigner::new(
            &secrets
                .iter()
                .map(|secret| secret.as_bytes().to_vec())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn a_signature_is_valid_for_its_purpose_only() {
        let hmac = signer(&["one secret of a good many bytes ."]);
        let signed = hmac.sign("quote", b"payload");
        assert_eq!(hmac.open("quote", &signed), Ok(b"payload".to_vec()));
        assert_eq!(hmac.open("cursor", &signed), Err(TokenError));
        assert!(
            signer(&["another secret of just as many .."])
                .open("quote", &signed)
                .is_err()
        );
        for forged in [
            "",
            ".",
            "a.b",
            "cGF5bG9hZA",
            "cGF5bG9hZA.",
            "cGF5bG9hZB.AAAA",
        ] {
            assert!(hmac.open("quote", forged).is_err(), "{forged}");
        }
        let (_, tag) = signed.split_once('.').unwrap();
        assert!(
            hmac.open(
                "quote",
                &format!("{}.{tag}", URL_SAFE_NO_PAD.encode("other"))
            )
            .is_err()
        );
    }

    #[test]
    fn a_digest_depends_on_secret_purpose_and_payload() {
        let (old, new) = ("the old secret", "the new secret");
        let digest = |secret: &str, purpose, payload: &[u8]| {
            signer(&[secret]).digests(purpose, payload).remove(0)
        };
        let one = digest(new, "request", b"x");
        assert_eq!((one.len(), &one), (64, &digest(new, "request", b"x")));
        assert_ne!(one, digest(old, "request", b"x"));
        assert_ne!(one, digest(new, "other", b"x"));
        assert_ne!(one, digest(new, "request", b"y"));
        // After a rotation the digests of the old secret are still known.
        let rotated = signer(&[new, old]).digests("request", b"x");
        assert_eq!(rotated, [one, digest(old, "request", b"x")]);
    }

    #[test]
    fn rotation_signs_with_the_first_secret_and_accepts_all() {
        let (old, new) = ("the old secret", "the new secret");
        let signed_before = signer(&[old]).sign("quote", b"x");
        let rotated = signer(&[new, old]);
        assert!(rotated.open("quote", &signed_before).is_ok());
        assert_eq!(
            rotated.sign("quote", b"x"),
            signer(&[new]).sign("quote", b"x")
        );
        assert!(signer(&[new]).open("quote", &signed_before).is_err());
    }
}

//! Keyed digests, and encryption of data that clients hold for this server.

use hmac::Mac;
use sojourn_application::ports::{Signer, TokenError};

use crate::client_box::ClientBox;
use crate::key_derivation::{derive_key, hex, hmac_sha256};

/// Digests with HMAC-SHA-256, and encryption by a [`ClientBox`].
#[derive(Clone)]
pub struct HmacSigner {
    secrets: Vec<Vec<u8>>,
}

impl HmacSigner {
    /// Uses the first secret, and accepts what any of them made.
    #[must_use]
    pub fn new(secrets: &[Vec<u8>]) -> Self {
        Self {
            secrets: secrets.to_vec(),
        }
    }
}

impl Signer for HmacSigner {
    fn digests(&self, purpose: &'static str, payload: &[u8]) -> Vec<String> {
        let macs = self.secrets.iter().filter_map(|secret| {
            let key = derive_key(secret, &digest_usage(purpose));
            hmac_sha256(&key)
        });
        macs.map(|mac| hex(&mac.chain_update(payload).finalize().into_bytes()))
            .collect()
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
}

//! Signatures over what clients carry for us.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac;
use sojourn_application::ports::{Signer, TokenError};

use crate::keys::{derive, keyed};

/// Signs with HMAC-SHA-256. A signed text is the payload and its tag in URL-safe base64 with a dot between.
#[derive(Clone)]
pub struct HmacSigner {
    secrets: Vec<Vec<u8>>,
}

impl HmacSigner {
    /// Signs with the first secret and accepts what any of them signed.
    #[must_use]
    pub fn new(secrets: &[Vec<u8>]) -> Self {
        Self {
            secrets: secrets.to_vec(),
        }
    }

    fn is_signed(secret: &[u8], purpose: &str, payload: &[u8], tag: &[u8]) -> bool {
        let key = derive(secret, &usage(purpose));
        keyed(&key).is_some_and(|mac| mac.chain_update(payload).verify_slice(tag).is_ok())
    }
}

impl Signer for HmacSigner {
    fn sign(&self, purpose: &'static str, payload: &[u8]) -> String {
        let secret = self.secrets.first().map(Vec::as_slice).unwrap_or_default();
        let key = derive(secret, &usage(purpose));
        let tag = keyed(&key).map(|mac| mac.chain_update(payload).finalize().into_bytes().to_vec());
        let (payload, tag) = (
            URL_SAFE_NO_PAD.encode(payload),
            URL_SAFE_NO_PAD.encode(tag.unwrap_or_default()),
        );
        format!("{payload}.{tag}")
    }

    fn open(&self, purpose: &'static str, signed: &str) -> Result<Vec<u8>, TokenError> {
        let (payload, tag) = signed.split_once('.').ok_or(TokenError)?;
        let payload = URL_SAFE_NO_PAD.decode(payload).map_err(|_| TokenError)?;
        let tag = URL_SAFE_NO_PAD.decode(tag).map_err(|_| TokenError)?;
        let ours = self
            .secrets
            .iter()
            .any(|secret| Self::is_signed(secret, purpose, &payload, &tag));
        if ours { Ok(payload) } else { Err(TokenError) }
    }
}

fn usage(purpose: &str) -> String {
    format!("sojourn signature: {purpose}")
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
    fn opens_what_it_signed_for_the_same_purpose_alone() {
        let ours = signer(&["one secret of a good many bytes ."]);
        let signed = ours.sign("quote", b"payload");
        assert_eq!(ours.open("quote", &signed), Ok(b"payload".to_vec()));
        assert_eq!(ours.open("cursor", &signed), Err(TokenError));
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
            assert!(ours.open("quote", forged).is_err(), "{forged}");
        }
        let (_, tag) = signed.split_once('.').unwrap();
        assert!(
            ours.open(
                "quote",
                &format!("{}.{tag}", URL_SAFE_NO_PAD.encode("other"))
            )
            .is_err()
        );
    }

    #[test]
    fn rotation_signs_with_the_first_and_accepts_all() {
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

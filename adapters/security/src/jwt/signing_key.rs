//! Private keys that sign access tokens.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{Ed25519KeyPair, KeyPair};
use sha2::{Digest, Sha256};

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";
const BEGIN_ENCRYPTED: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

/// A private Ed25519 key. Its debug output contains only its id.
#[derive(Clone)]
pub struct SigningKey {
    id: String,
    pkcs8: Vec<u8>,
    public: Vec<u8>,
}

/// An invalid signing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SigningKeyError {
    /// No private key in PEM format.
    #[error(
        "no private key in PEM format (-----BEGIN PRIVATE KEY-----): create one with `openssl genpkey -algorithm ed25519`"
    )]
    NotPrivate,
    /// A private key with a passphrase.
    #[error(
        "the private key is encrypted: store it without a passphrase, with `openssl pkey -in … -out …`"
    )]
    Encrypted,
    /// A private key of another algorithm, or a damaged one.
    #[error("not a valid Ed25519 key: create one with `openssl genpkey -algorithm ed25519`")]
    NotEd25519,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl SigningKey {
    /// Parses a PKCS#8 key in PEM format, as `openssl genpkey -algorithm ed25519` writes it.
    ///
    /// # Errors
    /// [`SigningKeyError`].
    pub fn from_pem(pem: &str) -> Result<Self, SigningKeyError> {
        if pem.contains(BEGIN_ENCRYPTED) {
            return Err(SigningKeyError::Encrypted);
        }
        let (_, rest) = pem.split_once(BEGIN).ok_or(SigningKeyError::NotPrivate)?;
        let (body, _) = rest.split_once(END).ok_or(SigningKeyError::NotPrivate)?;
        let body: String = body.split_whitespace().collect();
        let pkcs8 = STANDARD
            .decode(body)
            .map_err(|_| SigningKeyError::NotPrivate)?;
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&pkcs8);
        let public = pair
            .map_err(|_| SigningKeyError::NotEd25519)?
            .public_key()
            .as_ref()
            .to_vec();
        Ok(Self {
            id: thumbprint(&public),
            pkcs8,
            public,
        })
    }

    /// The key id in the header of tokens: the thumbprint of the public key (RFC 7638).
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    pub(super) fn public(&self) -> &[u8] {
        &self.public
    }
}

/// SHA-256 of the members that RFC 8037 requires, in the order of RFC 7638.
fn thumbprint(public: &[u8]) -> String {
    let x = URL_SAFE_NO_PAD.encode(public);
    let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(Sha256::digest(members))
}

#[cfg(test)]
mod tests {
    use super::super::test_vectors::{RFC_SEED, RFC_X, pem, pkcs8};
    use super::*;

    #[test]
    fn parses_the_key_of_rfc_8037() {
        let key = SigningKey::from_pem(&pem(&pkcs8(RFC_SEED))).unwrap();
        assert_eq!(URL_SAFE_NO_PAD.encode(key.public()), RFC_X);
        // Appendix A.3.
        assert_eq!(key.id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        let windows = pem(&pkcs8(RFC_SEED)).replace('\n', "\r\n");
        assert_eq!(
            SigningKey::from_pem(&format!("A note.\n{windows}"))
                .unwrap()
                .id(),
            key.id()
        );
    }

    #[test]
    fn debug_output_does_not_contain_the_private_key() {
        let key = SigningKey::from_pem(&pem(&pkcs8(RFC_SEED))).unwrap();
        assert_eq!(
            format!("{key:?}"),
            r#"SigningKey { id: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", .. }"#
        );
    }

    #[test]
    fn rejects_other_keys_with_a_specific_error() {
        let valid = pem(&pkcs8(RFC_SEED));
        let mut x25519 = pkcs8(RFC_SEED);
        x25519[11] = 0x6e;
        let cut = &pkcs8(RFC_SEED)[..40];
        for (text, error) in [
            (String::new(), SigningKeyError::NotPrivate),
            (
                valid.replace("PRIVATE", "PUBLIC"),
                SigningKeyError::NotPrivate,
            ),
            (valid.replace(END, ""), SigningKeyError::NotPrivate),
            (
                valid.replace(BEGIN, &format!("{BEGIN}\n*")),
                SigningKeyError::NotPrivate,
            ),
            (
                valid.replace("PRIVATE", "ENCRYPTED PRIVATE"),
                SigningKeyError::Encrypted,
            ),
            (pem(&x25519), SigningKeyError::NotEd25519),
            (pem(cut), SigningKeyError::NotEd25519),
            (pem(b""), SigningKeyError::NotEd25519),
        ] {
            assert_eq!(SigningKey::from_pem(&text).unwrap_err(), error, "{text}");
        }
    }
}

//! Ed25519 (EdDSA, RFC 8037): for tokens that other services verify with a public key.

use jsonwebtoken::Algorithm;
use jsonwebtoken::crypto::{JwtSigner, JwtVerifier};
use jsonwebtoken::errors::{ErrorKind, Result};
use ring::signature::{ED25519, Ed25519KeyPair, UnparsedPublicKey};
use signature::{Error, Signer, Verifier};

pub(super) struct Ed25519Signer(Ed25519KeyPair);

pub(super) struct Ed25519Verifier(UnparsedPublicKey<Vec<u8>>);

impl Ed25519Signer {
    /// Signs with a private key as a PKCS#8 document, with or without its public key.
    pub(super) fn new(pkcs8: &[u8]) -> Result<Self> {
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8);
        Ok(Self(pair.map_err(|_| ErrorKind::InvalidKeyFormat)?))
    }
}

impl Ed25519Verifier {
    /// Verifies with a public key of 32 bytes; with another length no signature is valid.
    pub(super) fn new(public: &[u8]) -> Self {
        Self(UnparsedPublicKey::new(&ED25519, public.to_vec()))
    }
}

impl Signer<Vec<u8>> for Ed25519Signer {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        Ok(self.0.sign(message).as_ref().to_vec())
    }
}

impl Verifier<Vec<u8>> for Ed25519Verifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        self.0.verify(message, signature).map_err(|_| Error::new())
    }
}

impl JwtSigner for Ed25519Signer {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

impl JwtVerifier for Ed25519Verifier {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::crypto::{sign, verify};
    use jsonwebtoken::{DecodingKey, EncodingKey};

    use super::super::test_vectors::{RFC_SEED, RFC_X, pkcs8};
    use super::*;

    /// RFC 8037, appendices A.4 and A.5.
    #[test]
    fn signs_and_verifies_the_token_of_rfc_8037() {
        super::super::crypto_provider::install();
        let message = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        let signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
        let private = EncodingKey::from_ed_der(&pkcs8(RFC_SEED));
        assert_eq!(
            sign(message, &private, Algorithm::EdDSA).unwrap(),
            signature
        );
        let public = DecodingKey::from_ed_components(RFC_X).unwrap();
        assert!(verify(signature, message, &public, Algorithm::EdDSA).unwrap());
        assert!(!verify(signature, &message[1..], &public, Algorithm::EdDSA).unwrap());
        assert!(!verify("", message, &public, Algorithm::EdDSA).unwrap());
        for invalid in [b"".as_slice(), &[0; 31], &[0; 33]] {
            let public = DecodingKey::from_ed_der(invalid);
            assert!(!verify(signature, message, &public, Algorithm::EdDSA).unwrap());
        }
    }
}

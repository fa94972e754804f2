//! HMAC-SHA-256: for tokens that the same service signs and verifies.

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::Algorithm;
use jsonwebtoken::crypto::{JwtSigner, JwtVerifier};
use jsonwebtoken::errors::{ErrorKind, Result};
use sha2::Sha256;
use signature::{Error, Signer, Verifier};

pub(super) struct Hs256(Hmac<Sha256>);

impl Hs256 {
    pub(super) fn new(secret: &[u8]) -> Result<Self> {
        let mac = Hmac::new_from_slice(secret).map_err(|_| ErrorKind::InvalidKeyFormat)?;
        Ok(Self(mac))
    }

    fn mac_of(&self, message: &[u8]) -> Hmac<Sha256> {
        self.0.clone().chain_update(message)
    }
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        Ok(self.mac_of(message).finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        self.mac_of(message)
            .verify_slice(signature)
            .map_err(|_| Error::new())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::DecodingKey;
    use jsonwebtoken::crypto::verify;

    use super::*;

    /// RFC 7515, appendix A.1.
    #[test]
    fn verifies_the_token_of_rfc_7515() {
        super::super::crypto_provider::install();
        let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0\
                     dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow==";
        let (message, signature) = token.rsplit_once('.').unwrap();
        let key = DecodingKey::from_base64_secret(secret).unwrap();
        assert!(verify(signature, message.as_bytes(), &key, Algorithm::HS256).unwrap());
        assert!(!verify(signature, &message.as_bytes()[1..], &key, Algorithm::HS256).unwrap());
        assert!(!verify("", message.as_bytes(), &key, Algorithm::HS256).unwrap());
        let other = DecodingKey::from_secret(b"another secret");
        assert!(!verify(signature, message.as_bytes(), &other, Algorithm::HS256).unwrap());
    }
}

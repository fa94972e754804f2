//! HMAC-SHA-256 for `jsonwebtoken`: the one algorithm that Sojourn signs with.
//!
//! The crate's own providers bring RSA and elliptic curves along, and with `rsa` an advisory that has no fix
//! (RUSTSEC-2023-0071). Tokens here are signed and checked by the same service, so a keyed hash is all it takes.

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result};
use jsonwebtoken::{Algorithm, AlgorithmFamily};
use sha2::Sha256;
use signature::{Error, Signer, Verifier};

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| {
        let keyed = Hs256::new(*algorithm, key.family(), key.as_bytes())?;
        Ok(Box::new(keyed))
    },
    verifier_factory: |algorithm, key| {
        let keyed = Hs256::new(*algorithm, key.family(), key.try_get_as_bytes()?)?;
        Ok(Box::new(keyed))
    },
    key_utils: KeyUtils::new_unimplemented(),
};

/// Makes HS256 what `jsonwebtoken` uses in this process; calling it again changes nothing.
pub fn install() {
    let _already_installed = PROVIDER.install_default();
}

struct Hs256(Hmac<Sha256>);

impl Hs256 {
    fn new(algorithm: Algorithm, family: AlgorithmFamily, secret: &[u8]) -> Result<Self> {
        if algorithm != Algorithm::HS256 || family != AlgorithmFamily::Hmac {
            return Err(ErrorKind::InvalidAlgorithm.into());
        }
        let keyed = Hmac::new_from_slice(secret).map_err(|_| ErrorKind::InvalidKeyFormat)?;
        Ok(Self(keyed))
    }

    fn over(&self, message: &[u8]) -> Hmac<Sha256> {
        self.0.clone().chain_update(message)
    }
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        Ok(self.over(message).finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        self.over(message).verify_slice(signature).map_err(|_| Error::new())
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
    use super::*;
    use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation, decode, encode};
    #[derive(serde::Serialize, serde::Deserialize)]
    struct C {
        exp: u64,
        sub: String,
    }
    #[test]
    fn rfc7515_a1_verifies() {
        super::install();
        super::install();
        // RFC 7515 appendix A.1
        let t = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let (msg, sig) = t.rsplit_once('.').unwrap();
        let k = DecodingKey::from_base64_secret(
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow==",
        )
        .unwrap();
        assert!(jsonwebtoken::crypto::verify(sig, msg.as_bytes(), &k, Algorithm::HS256).unwrap());
        let e = EncodingKey::from_secret(b"0123456789012345678901234567890123");
        let d = DecodingKey::from_secret(b"0123456789012345678901234567890123");
        let t = encode(&Header::default(), &C { exp: 4_000_000_000, sub: "a".into() }, &e).unwrap();
        assert_eq!(decode::<C>(&t, &d, &Validation::new(Algorithm::HS256)).unwrap().claims.sub, "a");
        assert!(
            decode::<C>(&t, &DecodingKey::from_secret(b"x"), &Validation::new(Algorithm::HS256)).is_err()
        );
        assert!(
            encode(&Header::new(Algorithm::HS512), &C { exp: 4_000_000_000, sub: "a".into() }, &e).is_err()
        );
    }
}

//! The cryptography of `jsonwebtoken`: HS256 and EdDSA, and nothing else.
//!
//! The crate's own providers include RSA and depend on `rsa`, which has an unfixed advisory (RUSTSEC-2023-0071).

use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};

use super::ed25519::{Ed25519Signer, Ed25519Verifier};
use super::hs256::Hs256;

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: signer,
    verifier_factory: verifier,
    key_utils: KeyUtils::new_unimplemented(),
};

/// Installs the provider for this process. Further calls have no effect.
pub(super) fn install() {
    let _already_installed = PROVIDER.install_default();
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    match (algorithm, key.family()) {
        (Algorithm::HS256, AlgorithmFamily::Hmac) => Ok(Box::new(Hs256::new(key.as_bytes())?)),
        (Algorithm::EdDSA, AlgorithmFamily::Ed) => {
            Ok(Box::new(Ed25519Signer::new(key.as_bytes())?))
        }
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    let bytes = key.try_get_as_bytes()?;
    match (algorithm, key.family()) {
        (Algorithm::HS256, AlgorithmFamily::Hmac) => Ok(Box::new(Hs256::new(bytes)?)),
        (Algorithm::EdDSA, AlgorithmFamily::Ed) => Ok(Box::new(Ed25519Verifier::new(bytes))),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_rejected_for_another_algorithm() {
        let secret = DecodingKey::from_secret(&[1; 32]);
        let public = DecodingKey::from_ed_der(&[1; 32]);
        assert!(verifier(&Algorithm::HS256, &secret).is_ok());
        assert!(verifier(&Algorithm::EdDSA, &public).is_ok());
        assert!(verifier(&Algorithm::HS256, &public).is_err());
        assert!(verifier(&Algorithm::EdDSA, &secret).is_err());
        for algorithm in [
            Algorithm::HS384,
            Algorithm::HS512,
            Algorithm::RS256,
            Algorithm::ES256,
        ] {
            assert!(verifier(&algorithm, &secret).is_err(), "{algorithm:?}");
            assert!(verifier(&algorithm, &public).is_err(), "{algorithm:?}");
            assert!(
                signer(&algorithm, &EncodingKey::from_secret(&[1; 32])).is_err(),
                "{algorithm:?}"
            );
        }
        assert!(signer(&Algorithm::EdDSA, &EncodingKey::from_secret(&[1; 32])).is_err());
        assert!(signer(&Algorithm::HS256, &EncodingKey::from_ed_der(&[1; 32])).is_err());
        assert!(signer(&Algorithm::EdDSA, &EncodingKey::from_ed_der(&[1; 32])).is_err());
    }
}

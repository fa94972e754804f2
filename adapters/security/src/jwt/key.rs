//! Keys that sign and verify tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation};
use sojourn_application::ports::PublicKey;

use super::crypto_provider;
use super::signing_key::SigningKey;
use crate::key_derivation::{derive_key, hex};

pub(super) const ISSUER: &str = "sojourn";
pub(super) const AUDIENCE: &str = "sojourn-api";
const USAGE: &str = "sojourn access token";
const ID_USAGE: &str = "sojourn access token key id";
/// 64 bits suffice to distinguish a few keys.
const ID_BYTES: usize = 8;

/// A key with its id and its only algorithm.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: String,
    pub(super) algorithm: Algorithm,
    pub(super) signing: EncodingKey,
    pub(super) verifying: DecodingKey,
    pub(super) validation: Validation,
}

impl Key {
    /// An HS256 key derived from a secret, with a derived id that reveals nothing about the secret.
    pub(super) fn from_secret(secret: &[u8]) -> Self {
        crypto_provider::install();
        let key = derive_key(secret, USAGE);
        let mut id = derive_key(secret, ID_USAGE);
        id.truncate(ID_BYTES);
        Self {
            id: hex(&id),
            algorithm: Algorithm::HS256,
            signing: EncodingKey::from_secret(&key),
            verifying: DecodingKey::from_secret(&key),
            validation: validation(Algorithm::HS256),
        }
    }

    /// An EdDSA key.
    pub(super) fn from_signing_key(key: &SigningKey) -> Self {
        crypto_provider::install();
        Self {
            id: key.id().to_owned(),
            algorithm: Algorithm::EdDSA,
            signing: EncodingKey::from_ed_der(key.pkcs8()),
            verifying: DecodingKey::from_ed_der(key.public()),
            validation: validation(Algorithm::EdDSA),
        }
    }

    /// The public key; `None` for a secret.
    pub(super) fn public(&self) -> Option<PublicKey> {
        let public = self.verifying.try_get_as_bytes().ok()?;
        let x = (self.algorithm == Algorithm::EdDSA).then(|| URL_SAFE_NO_PAD.encode(public))?;
        Some(PublicKey {
            key_id: self.id.clone(),
            x,
        })
    }
}

/// Validation without times: the caller passes the current instant.
fn validation(algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
    validation.validate_exp = false;
    validation
}

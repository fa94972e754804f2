//! Keys by which tokens are signed and read.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation};
use sojourn_application::ports::PublicKey;

use super::provider;
use super::signing_key::SigningKey;
use crate::keys::{derive, hex};

pub(super) const ISSUER: &str = "sojourn";
pub(super) const AUDIENCE: &str = "sojourn-api";
const USAGE: &str = "sojourn access token";
const ID_USAGE: &str = "sojourn access token key id";
/// 64 bits: ids are compared among a handful of keys.
const ID_BYTES: usize = 8;

/// A key with its name and the one algorithm it is for.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: String,
    pub(super) algorithm: Algorithm,
    pub(super) signing: EncodingKey,
    pub(super) reading: DecodingKey,
    pub(super) validation: Validation,
}

impl Key {
    /// HS256 by a key derived from a secret, as its id is, which says nothing of the secret.
    pub(super) fn of_secret(secret: &[u8]) -> Self {
        provider::install();
        let key = derive(secret, USAGE);
        let mut id = derive(secret, ID_USAGE);
        id.truncate(ID_BYTES);
        Self {
            id: hex(&id),
            algorithm: Algorithm::HS256,
            signing: EncodingKey::from_secret(&key),
            reading: DecodingKey::from_secret(&key),
            validation: validation(Algorithm::HS256),
        }
    }

    /// EdDSA by a private key.
    pub(super) fn of_signing_key(key: &SigningKey) -> Self {
        provider::install();
        Self {
            id: key.id().to_owned(),
            algorithm: Algorithm::EdDSA,
            signing: EncodingKey::from_ed_der(key.pkcs8()),
            reading: DecodingKey::from_ed_der(key.public()),
            validation: validation(Algorithm::EdDSA),
        }
    }

    /// What others may know of it: nothing of a secret.
    pub(super) fn public(&self) -> Option<PublicKey> {
        let public = self.reading.try_get_as_bytes().ok()?;
        let x = (self.algorithm == Algorithm::EdDSA).then(|| URL_SAFE_NO_PAD.encode(public))?;
        Some(PublicKey {
            key_id: self.id.clone(),
            x,
        })
    }
}

/// Times are left out: the instant they are measured against comes from the caller.
fn validation(algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
    validation.validate_exp = false;
    validation
}

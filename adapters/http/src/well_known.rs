//! Well-known URIs (RFC 8615).

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;
use serde::Serialize;
use sojourn_application::ports::PublicKey;
use utoipa::ToSchema;

use crate::operations::{Operation, operation};
use crate::state::AppState;

/// Caching of the keys: for less time than an old key stays valid after a rotation.
const CACHE_POLICY: &str = "public, max-age=300";

/// Keys for verifying access tokens (RFC 7517); empty if tokens are signed with a shared secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SigningKeySet)]
pub struct KeySetDto {
    /// Public keys; a token names its key in `kid`.
    pub keys: Vec<KeyDto>,
}

/// A public key (RFC 8037).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SigningKey)]
pub struct KeyDto {
    /// Key type: `OKP`.
    #[schema(example = "OKP")]
    pub kty: &'static str,
    /// Curve: `Ed25519`.
    #[schema(example = "Ed25519")]
    pub crv: &'static str,
    /// Algorithm: `EdDSA`.
    #[schema(example = "EdDSA")]
    pub alg: &'static str,
    /// Use of the key: `sig`.
    #[serde(rename = "use")]
    #[schema(example = "sig")]
    pub used_for: &'static str,
    /// Id of the key in the header of tokens.
    pub kid: String,
    /// Public key in URL-safe base64.
    #[schema(pattern = "^[A-Za-z0-9_-]{43}$")]
    pub x: String,
}

/// The operations.
pub fn operations() -> Vec<Operation> {
    vec![operation!(jwks)]
}

/// Get the public keys
///
/// Keys for verifying access tokens, as a JSON Web Key Set.
#[utoipa::path(get, path = "/.well-known/jwks.json", operation_id = "get_jwks", tag = "auth",
    responses((status = 200, description = "The keys", body = KeySetDto)))]
pub async fn jwks(state: Data<AppState>) -> HttpResponse {
    let keys = state
        .ports
        .access_tokens
        .public_keys()
        .into_iter()
        .map(KeyDto::from)
        .collect();
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, CACHE_POLICY))
        .json(KeySetDto { keys })
}

impl From<PublicKey> for KeyDto {
    fn from(key: PublicKey) -> Self {
        Self {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            used_for: "sig",
            kid: key.key_id,
            x: key.x,
        }
    }
}

//! What others look up at places that everybody knows (RFC 8615).

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Data, ServiceConfig};
use serde::Serialize;
use sojourn_application::ports::PublicKey;
use utoipa::{OpenApi, ToSchema};

use crate::routing::resource;
use crate::server::AppState;

/// How long others may rely on the keys: less than an old key is kept after a new one came.
const KEPT: &str = "public, max-age=300";

/// The keys by which access tokens are checked (RFC 7517); none when they are signed with a shared secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JsonWebKeySet)]
pub struct KeySetDto {
    /// The keys; a token names its own in `kid`.
    pub keys: Vec<KeyDto>,
}

/// A public key (RFC 8037).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JsonWebKey)]
pub struct KeyDto {
    /// `OKP`.
    #[schema(example = "OKP")]
    pub kty: &'static str,
    /// `Ed25519`.
    #[schema(example = "Ed25519")]
    pub crv: &'static str,
    /// `EdDSA`.
    #[schema(example = "EdDSA")]
    pub alg: &'static str,
    /// `sig`.
    #[serde(rename = "use")]
    #[schema(example = "sig")]
    pub used_for: &'static str,
    /// Its name in the head of tokens.
    pub kid: String,
    /// The key, as URL-safe base64.
    #[schema(pattern = "^[A-Za-z0-9_-]{43}$")]
    pub x: String,
}

/// The description of these routes.
#[derive(OpenApi)]
#[openapi(paths(jwks))]
pub struct WellKnownApi;

/// The routes.
pub fn routes(config: &mut ServiceConfig) {
    config.service(resource("/.well-known/jwks.json").get(jwks));
}

/// The public keys by which others check access tokens.
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
        .insert_header((CACHE_CONTROL, KEPT))
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

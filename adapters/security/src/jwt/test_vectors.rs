//! Keys and claims for tests.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta};
use sojourn_application::ports::AccessClaims;
use sojourn_domain::shared::{SessionId, UserId};
use uuid::Uuid;

use super::{JwtTokens, SigningKey};

/// The private key of RFC 8037, appendix A.1.
pub(super) const RFC_SEED: [u8; 32] = [
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
    0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
];

/// The public key of [`RFC_SEED`].
pub(super) const RFC_X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

/// A private key as RFC 8410 and OpenSSL write it, without its public key.
pub(super) fn pkcs8(seed: [u8; 32]) -> Vec<u8> {
    let head = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    [head.as_slice(), &seed].concat()
}

pub(super) fn pem(pkcs8: &[u8]) -> String {
    format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        STANDARD.encode(pkcs8)
    )
}

pub(super) fn signing_key(seed: [u8; 32]) -> SigningKey {
    SigningKey::from_pem(&pem(&pkcs8(seed))).unwrap()
}

pub(super) fn tokens(secrets: &[&str], seeds: &[[u8; 32]]) -> JwtTokens {
    let secrets: Vec<_> = secrets
        .iter()
        .map(|secret| secret.as_bytes().to_vec())
        .collect();
    JwtTokens::new(&secrets, seeds.iter().copied().map(signing_key).collect())
}

pub(super) fn claims() -> AccessClaims {
    let issued_at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    AccessClaims {
        token_id: Uuid::from_u128(3),
        user_id: UserId::new(Uuid::from_u128(1)),
        session_id: SessionId::new(Uuid::from_u128(2)),
        issued_at,
        expires_at: issued_at + TimeDelta::minutes(15),
    }
}

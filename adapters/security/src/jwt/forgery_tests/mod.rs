//! Forged tokens, all of which are rejected.

mod claims;
mod signatures;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Header, encode};
use sojourn_application::ports::AccessTokens;

use super::JwtTokens;
use super::access_tokens::{Claims, HEADER_TYPE};
use super::key::Key;
use super::test_vectors::{RFC_SEED, claims as test_claims, signing_key, tokens};

pub(super) const SECRET: &str = "a secret";
pub(super) const OTHER_SEED: [u8; 32] = [8; 32];

/// The tokens of the server: two Ed25519 keys and a secret.
fn server_tokens() -> JwtTokens {
    tokens(&[SECRET], &[RFC_SEED, OTHER_SEED])
}

pub(super) fn is_accepted(token: &str) -> bool {
    server_tokens().read(token, test_claims().issued_at).is_ok()
}

pub(super) fn ed_key() -> Key {
    Key::from_signing_key(&signing_key(RFC_SEED))
}

pub(super) fn secret_key() -> Key {
    Key::from_secret(SECRET.as_bytes())
}

pub(super) fn header(key: &Key) -> Header {
    let mut header = Header::new(key.algorithm);
    header.typ = Some(HEADER_TYPE.to_owned());
    header.kid = Some(key.id.clone());
    header
}

/// A token signed by this key, with the header or the claims changed before.
pub(super) fn signed(key: &Key, change: impl FnOnce(&mut Header, &mut Claims)) -> String {
    let mut header = header(key);
    let mut claims = Claims::from(test_claims());
    change(&mut header, &mut claims);
    encode(&header, &claims, &key.signing).unwrap()
}

/// A token with these texts as header and claims.
pub(super) fn raw(header: &str, claims: &str, signature: &str) -> String {
    format!(
        "{}.{}.{signature}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    )
}

/// The texts of the header and the claims, and the encoded signature.
pub(super) fn parts(token: &str) -> [String; 3] {
    let text = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let parts: Vec<_> = token.split('.').collect();
    [text(parts[0]), text(parts[1]), parts[2].to_owned()]
}

//! What forged tokens are made of, for tests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Header, encode};
use sojourn_application::ports::AccessTokens;

use super::JwtTokens;
use super::key::Key;
use super::samples::{RFC_SEED, claims, signing_key, tokens};
use super::tokens::{Claims, HEAD_TYPE};

pub(super) const SECRET: &str = "a secret";
pub(super) const OTHER_SEED: [u8; 32] = [8; 32];

/// What the service reads with: two Ed25519 keys and a secret.
fn ours() -> JwtTokens {
    tokens(&[SECRET], &[RFC_SEED, OTHER_SEED])
}

pub(super) fn is_read(token: &str) -> bool {
    ours().read(token, claims().issued_at).is_ok()
}

pub(super) fn ed_key() -> Key {
    Key::of_signing_key(&signing_key(RFC_SEED))
}

pub(super) fn secret_key() -> Key {
    Key::of_secret(SECRET.as_bytes())
}

pub(super) fn head(key: &Key) -> Header {
    let mut head = Header::new(key.algorithm);
    head.typ = Some(HEAD_TYPE.to_owned());
    head.kid = Some(key.id.clone());
    head
}

/// A token by our own key, with the head or the claims changed before it is signed.
pub(super) fn signed(key: &Key, change: impl FnOnce(&mut Header, &mut Claims)) -> String {
    let (mut head, mut claims) = (head(key), Claims::from(claims()));
    change(&mut head, &mut claims);
    encode(&head, &claims, &key.signing).unwrap()
}

/// A token whose head and claims are these texts.
pub(super) fn raw(head: &str, claims: &str, signature: &str) -> String {
    format!(
        "{}.{}.{signature}",
        URL_SAFE_NO_PAD.encode(head),
        URL_SAFE_NO_PAD.encode(claims)
    )
}

pub(super) fn parts(token: &str) -> [String; 3] {
    let text = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let parts: Vec<_> = token.split('.').collect();
    [text(parts[0]), text(parts[1]), parts[2].to_owned()]
}

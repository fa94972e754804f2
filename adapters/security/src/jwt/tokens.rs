//! Access tokens.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Header, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use sojourn_application::ports::{AccessClaims, AccessTokens, PublicKey, TokenError};
use sojourn_domain::shared::{SessionId, UserId};
use uuid::Uuid;

use super::key::{AUDIENCE, ISSUER, Key};
use super::signing_key::SigningKey;

/// The type in the head of access tokens (RFC 9068).
pub(super) const HEAD_TYPE: &str = "at+jwt";
const USE: &str = "access";
/// Ours have some 500 bytes; more is not looked at.
const LONGEST: usize = 4_096;
/// By how much another server's clock may be ahead.
const AHEAD: TimeDelta = TimeDelta::seconds(60);

/// Makes and reads access tokens.
///
/// Each names its key (`kid`) and is read with that key and the one algorithm that the key is for, whatever its head
/// says.
#[derive(Clone)]
pub struct JwtTokens {
    /// The first one signs.
    keys: Vec<Key>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Claims {
    pub(super) iss: String,
    pub(super) aud: String,
    /// Keeps out what the same keys may once sign for other uses.
    pub(super) typ: String,
    pub(super) jti: Uuid,
    pub(super) sub: Uuid,
    pub(super) sid: Uuid,
    pub(super) admin: bool,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
}

impl JwtTokens {
    /// Signs with the first of the Ed25519 keys, without any with the first secret (HS256), and accepts what any
    /// key or secret signed.
    #[must_use]
    pub fn new(secrets: &[Vec<u8>], keys: Vec<SigningKey>) -> Self {
        let secrets = secrets.iter().map(|secret| Key::of_secret(secret));
        Self {
            keys: keys
                .into_iter()
                .map(|key| Key::of_signing_key(&key))
                .chain(secrets)
                .collect(),
        }
    }

    fn key_of(&self, token: &str) -> Option<&Key> {
        if token.len() > LONGEST {
            return None;
        }
        let head = decode_header(token).ok()?;
        let id = head
            .kid
            .filter(|_| head.typ.as_deref() == Some(HEAD_TYPE))?;
        self.keys.iter().find(|key| key.id == id)
    }
}

impl AccessTokens for JwtTokens {
    fn issue(&self, claims: AccessClaims) -> Result<String, TokenError> {
        let key = self.keys.first().ok_or(TokenError)?;
        let mut head = Header::new(key.algorithm);
        head.typ = Some(HEAD_TYPE.to_owned());
        head.kid = Some(key.id.clone());
        encode(&head, &Claims::from(claims), &key.signing).map_err(|_| TokenError)
    }

    fn read(&self, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenError> {
        let key = self.key_of(token).ok_or(TokenError)?;
        let token =
            decode::<Claims>(token, &key.reading, &key.validation).map_err(|_| TokenError)?;
        token.claims.at(now).ok_or(TokenError)
    }

    fn public_keys(&self) -> Vec<PublicKey> {
        self.keys.iter().filter_map(Key::public).collect()
    }
}

impl From<AccessClaims> for Claims {
    fn from(claims: AccessClaims) -> Self {
        let issued_at = claims.issued_at.timestamp();
        Self {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            typ: USE.to_owned(),
            jti: claims.token_id,
            sub: claims.user_id.uuid(),
            sid: claims.session_id.uuid(),
            admin: claims.admin,
            iat: issued_at,
            nbf: issued_at,
            exp: claims.expires_at.timestamp(),
        }
    }
}

impl Claims {
    /// What they say, if they are for access and good at this instant.
    fn at(&self, now: DateTime<Utc>) -> Option<AccessClaims> {
        let issued_at = DateTime::from_timestamp(self.iat, 0)?;
        let not_before = DateTime::from_timestamp(self.nbf, 0)?;
        let expires_at = DateTime::from_timestamp(self.exp, 0)?;
        let good =
            self.typ == USE && not_before.signed_duration_since(now) <= AHEAD && now < expires_at;
        good.then(|| AccessClaims {
            token_id: self.jti,
            user_id: UserId::new(self.sub),
            session_id: SessionId::new(self.sid),
            admin: self.admin,
            issued_at,
            expires_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::super::samples::{RFC_SEED, RFC_X, claims, signing_key, tokens};
    use super::*;

    #[test]
    fn reads_what_it_issued_until_it_expires() {
        for ours in [
            tokens(&["a secret"], &[]),
            tokens(&["a secret"], &[RFC_SEED]),
        ] {
            let token = ours.issue(claims()).unwrap();
            let last = claims().expires_at - TimeDelta::microseconds(1);
            assert_eq!(ours.read(&token, last), Ok(claims()));
            assert_eq!(ours.read(&token, claims().expires_at), Err(TokenError));
        }
    }

    #[test]
    fn a_token_says_what_the_documentation_says() {
        let part = |token: &str, at: usize| {
            let bytes = URL_SAFE_NO_PAD
                .decode(token.split('.').nth(at).unwrap())
                .unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let token = tokens(&["a secret"], &[RFC_SEED]).issue(claims()).unwrap();
        let id = signing_key(RFC_SEED).id().to_owned();
        assert_eq!(
            part(&token, 0),
            format!(r#"{{"typ":"at+jwt","alg":"EdDSA","kid":"{id}"}}"#)
        );
        assert_eq!(
            part(&token, 1),
            r#"{"iss":"sojourn","aud":"sojourn-api","typ":"access","jti":"00000000-0000-0000-0000-000000000003","sub":"00000000-0000-0000-0000-000000000001","sid":"00000000-0000-0000-0000-000000000002","admin":true,"iat":1800000000,"nbf":1800000000,"exp":1800000900}"#
        );
        let head = part(&tokens(&["a secret"], &[]).issue(claims()).unwrap(), 0);
        assert!(
            head.starts_with(r#"{"typ":"at+jwt","alg":"HS256","kid":""#),
            "{head}"
        );
    }

    #[test]
    fn rotation_logs_nobody_out() {
        let now = claims().issued_at;
        let (old, new) = ([7; 32], [8; 32]);
        let by_secret = tokens(&["old"], &[]).issue(claims()).unwrap();
        assert!(tokens(&["new", "old"], &[]).read(&by_secret, now).is_ok());
        assert!(tokens(&["old"], &[RFC_SEED]).read(&by_secret, now).is_ok());
        assert!(tokens(&["new"], &[]).read(&by_secret, now).is_err());

        let by_key = tokens(&["old"], &[old]).issue(claims()).unwrap();
        assert!(tokens(&["new"], &[new, old]).read(&by_key, now).is_ok());
        assert!(tokens(&["old"], &[new]).read(&by_key, now).is_err());
        assert!(tokens(&["old"], &[]).read(&by_key, now).is_err());

        let rotated = tokens(&["old"], &[new, old]).issue(claims()).unwrap();
        assert!(tokens(&[], &[new]).read(&rotated, now).is_ok());
    }

    #[test]
    fn only_public_keys_are_published() {
        assert_eq!(tokens(&["a secret"], &[]).public_keys(), Vec::new());
        let published = tokens(&["a secret"], &[RFC_SEED, [8; 32]]).public_keys();
        assert_eq!(published.len(), 2);
        assert_eq!(published[0].x, RFC_X);
        assert_eq!(published[0].key_id, signing_key(RFC_SEED).id());
    }

    #[test]
    fn without_a_key_nothing_is_signed() {
        assert_eq!(tokens(&[], &[]).issue(claims()), Err(TokenError));
    }
}

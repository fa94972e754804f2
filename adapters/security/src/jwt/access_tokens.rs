//! Access tokens.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Header, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use sojourn_application::ports::{AccessClaims, AccessTokens, PublicKey, TokenError};
use sojourn_domain::shared::{SessionId, UserId};
use uuid::Uuid;

use super::key::{AUDIENCE, ISSUER, Key};
use super::signing_key::SigningKey;

/// The type in the header of access tokens (RFC 9068).
pub(super) const HEADER_TYPE: &str = "at+jwt";
const TOKEN_USE: &str = "access";
/// Longer tokens are rejected unread. Tokens issued by this server have some 500 bytes.
const MAX_TOKEN_BYTES: usize = 4_096;
/// Accepted clock skew of the issuing server.
const MAX_CLOCK_SKEW: TimeDelta = TimeDelta::seconds(60);

/// Access tokens as JSON Web Tokens.
///
/// Each token contains the id of its key (`kid`) and is verified with that key and its only algorithm, whatever the
/// header claims.
#[derive(Clone)]
pub struct JwtTokens {
    /// The first one signs.
    keys: Vec<Key>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Claims {
    pub(super) iss: String,
    pub(super) aud: String,
    /// Separates access tokens from other tokens that the same keys may sign.
    pub(super) typ: String,
    pub(super) jti: Uuid,
    pub(super) sub: Uuid,
    pub(super) sid: Uuid,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
}

impl JwtTokens {
    /// Signs with the first Ed25519 key, or with the first secret (HS256) when there is none, and accepts tokens
    /// signed by any key or secret.
    #[must_use]
    pub fn new(secrets: &[Vec<u8>], keys: Vec<SigningKey>) -> Self {
        let secrets = secrets.iter().map(|secret| Key::from_secret(secret));
        Self {
            keys: keys
                .into_iter()
                .map(|key| Key::from_signing_key(&key))
                .chain(secrets)
                .collect(),
        }
    }

    fn key_of(&self, token: &str) -> Option<&Key> {
        if token.len() > MAX_TOKEN_BYTES {
            return None;
        }
        let header = decode_header(token).ok()?;
        let id = header
            .kid
            .filter(|_| header.typ.as_deref() == Some(HEADER_TYPE))?;
        self.keys.iter().find(|key| key.id == id)
    }
}

impl AccessTokens for JwtTokens {
    fn issue(&self, claims: AccessClaims) -> Result<String, TokenError> {
        let key = self.keys.first().ok_or(TokenError)?;
        let mut header = Header::new(key.algorithm);
        header.typ = Some(HEADER_TYPE.to_owned());
        header.kid = Some(key.id.clone());
        encode(&header, &Claims::from(claims), &key.signing).map_err(|_| TokenError)
    }

    fn read(&self, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenError> {
        let key = self.key_of(token).ok_or(TokenError)?;
        let token =
            decode::<Claims>(token, &key.verifying, &key.validation).map_err(|_| TokenError)?;
        token.claims.validate(now).ok_or(TokenError)
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
            typ: TOKEN_USE.to_owned(),
            jti: claims.token_id,
            sub: claims.user_id.uuid(),
            sid: claims.session_id.uuid(),
            iat: issued_at,
            nbf: issued_at,
            exp: claims.expires_at.timestamp(),
        }
    }
}

impl Claims {
    /// The claims, if they are those of an access token that is valid at this instant.
    fn validate(&self, now: DateTime<Utc>) -> Option<AccessClaims> {
        let issued_at = DateTime::from_timestamp(self.iat, 0)?;
        let not_before = DateTime::from_timestamp(self.nbf, 0)?;
        let expires_at = DateTime::from_timestamp(self.exp, 0)?;
        let valid = self.typ == TOKEN_USE
            && not_before.signed_duration_since(now) <= MAX_CLOCK_SKEW
            && now < expires_at;
        valid.then(|| AccessClaims {
            token_id: self.jti,
            user_id: UserId::new(self.sub),
            session_id: SessionId::new(self.sid),
            issued_at,
            expires_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::super::test_vectors::{RFC_SEED, RFC_X, claims, signing_key, tokens};
    use super::*;

    #[test]
    fn an_issued_token_is_valid_until_it_expires() {
        for issuer in [
            tokens(&["a secret"], &[]),
            tokens(&["a secret"], &[RFC_SEED]),
        ] {
            let token = issuer.issue(claims()).unwrap();
            let last = claims().expires_at - TimeDelta::microseconds(1);
            assert_eq!(issuer.read(&token, last), Ok(claims()));
            assert_eq!(issuer.read(&token, claims().expires_at), Err(TokenError));
        }
    }

    #[test]
    fn a_token_has_the_documented_header_and_claims() {
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
            r#"{"iss":"sojourn","aud":"sojourn-api","typ":"access","jti":"00000000-0000-0000-0000-000000000003","sub":"00000000-0000-0000-0000-000000000001","sid":"00000000-0000-0000-0000-000000000002","iat":1800000000,"nbf":1800000000,"exp":1800000900}"#
        );
        let header = part(&tokens(&["a secret"], &[]).issue(claims()).unwrap(), 0);
        assert!(
            header.starts_with(r#"{"typ":"at+jwt","alg":"HS256","kid":""#),
            "{header}"
        );
    }

    #[test]
    fn tokens_remain_valid_after_key_rotation() {
        let now = claims().issued_at;
        let old = [7; 32];
        let new = [8; 32];
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

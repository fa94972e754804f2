//! Access tokens: JSON Web Tokens of RFC 7519, signed with HS256.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use sojourn_application::ports::{AccessClaims, AccessTokens, TokenError};
use sojourn_domain::shared::{SessionId, UserId};
use uuid::Uuid;

use crate::hs256;
use crate::keys::derive;

const ISSUER: &str = "sojourn";
const AUDIENCE: &str = "sojourn-api";
const TYPE: &str = "access";
const USAGE: &str = "sojourn access token";

/// Makes and reads access tokens.
#[derive(Clone)]
pub struct JwtTokens {
    signing: EncodingKey,
    reading: Vec<DecodingKey>,
    validation: Validation,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    typ: String,
    sub: Uuid,
    sid: Uuid,
    admin: bool,
    iat: i64,
    exp: i64,
}

impl JwtTokens {
    /// Signs with the first secret and accepts what any of them signed.
    #[must_use]
    pub fn new(secrets: &[Vec<u8>]) -> Self {
        hs256::install();
        let keys: Vec<_> = secrets.iter().map(|secret| derive(secret, USAGE)).collect();
        let first = keys.first().map(Vec::as_slice).unwrap_or_default();
        Self {
            signing: EncodingKey::from_secret(first),
            reading: keys.iter().map(|key| DecodingKey::from_secret(key)).collect(),
            validation: validation(),
        }
    }
}

/// Expiry is left out: the instant it is measured against comes from the caller.
fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    validation.validate_exp = false;
    validation
}

impl AccessTokens for JwtTokens {
    fn issue(&self, claims: AccessClaims) -> Result<String, TokenError> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            typ: TYPE.to_owned(),
            sub: claims.user_id.uuid(),
            sid: claims.session_id.uuid(),
            admin: claims.admin,
            iat: claims.issued_at.timestamp(),
            exp: claims.expires_at.timestamp(),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.signing).map_err(|_| TokenError)
    }

    fn read(&self, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenError> {
        let read = |key| decode::<Claims>(token, key, &self.validation).ok();
        let claims = self.reading.iter().find_map(read).ok_or(TokenError)?.claims;
        let expires_at = DateTime::from_timestamp(claims.exp, 0).ok_or(TokenError)?;
        if claims.typ != TYPE || expires_at <= now {
            return Err(TokenError);
        }
        Ok(AccessClaims {
            user_id: UserId::new(claims.sub),
            session_id: SessionId::new(claims.sid),
            admin: claims.admin,
            issued_at: DateTime::from_timestamp(claims.iat, 0).ok_or(TokenError)?,
            expires_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn claims() -> AccessClaims {
        let issued_at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        AccessClaims {
            user_id: UserId::new(Uuid::from_u128(1)),
            session_id: SessionId::new(Uuid::from_u128(2)),
            admin: true,
            issued_at,
            expires_at: issued_at + TimeDelta::minutes(15),
        }
    }

    fn tokens(secrets: &[&str]) -> JwtTokens {
        JwtTokens::new(&secrets.iter().map(|secret| secret.as_bytes().to_vec()).collect::<Vec<_>>())
    }

    #[test]
    fn reads_what_it_issued_until_it_expires() {
        let ours = tokens(&["a secret"]);
        let token = ours.issue(claims()).unwrap();
        let last = claims().expires_at - TimeDelta::seconds(1);
        assert_eq!(ours.read(&token, last), Ok(claims()));
        assert_eq!(ours.read(&token, claims().expires_at), Err(TokenError));
        assert!(tokens(&["another"]).read(&token, last).is_err());
        assert!(tokens(&["another", "a secret"]).read(&token, last).is_ok());
    }

    #[test]
    fn refuses_what_is_not_whole_or_not_signed() {
        let ours = tokens(&["a secret"]);
        let now = claims().issued_at;
        let token = ours.issue(claims()).unwrap();
        let (message, _) = token.rsplit_once('.').unwrap();
        // {"alg":"none"}
        let none = format!("eyJhbGciOiJub25lIn0.{}.", message.split_once('.').unwrap().1);
        for forged in ["", "a.b.c", message, &format!("{message}."), &none, &token[1..]] {
            assert!(ours.read(forged, now).is_err(), "{forged}");
        }
    }

    #[test]
    fn refuses_tokens_for_other_uses() {
        let ours = tokens(&["a secret"]);
        let good = |typ: &str, aud: &str| Claims {
            iss: ISSUER.to_owned(),
            aud: aud.to_owned(),
            typ: typ.to_owned(),
            sub: Uuid::nil(),
            sid: Uuid::nil(),
            admin: false,
            iat: 0,
            exp: 10,
        };
        let sign = |claims| encode(&Header::new(Algorithm::HS256), &claims, &ours.signing).unwrap();
        let now = DateTime::UNIX_EPOCH;
        assert!(ours.read(&sign(good(TYPE, AUDIENCE)), now).is_ok());
        assert!(ours.read(&sign(good("refresh", AUDIENCE)), now).is_err());
        assert!(ours.read(&sign(good(TYPE, "elsewhere")), now).is_err());
    }
}

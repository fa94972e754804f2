//! Tokens that are taken apart and put together otherwise.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use ring::signature::Ed25519KeyPair;
use serde_json::Value;
use sojourn_tests::Server;

/// What the key for tokens is derived from a secret for.
const USAGE: &[u8] = b"sojourn access token";

/// A token, taken apart. What is not changed stays as it was, byte for byte.
#[derive(Clone)]
pub struct Forgery {
    pub head: Value,
    pub claims: Value,
    pub signature: String,
    parts: [String; 2],
}

impl Forgery {
    pub fn of(token: &str) -> Self {
        let parts: Vec<_> = token.split('.').map(str::to_owned).collect();
        let json =
            |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        let [head, claims, signature] = parts.try_into().unwrap();
        Self {
            head: json(&head),
            claims: json(&claims),
            signature,
            parts: [head, claims],
        }
    }

    /// The same with another head.
    pub fn head(&self, name: &str, value: impl Into<Value>) -> Self {
        let mut other = self.clone();
        other.head[name] = value.into();
        other.parts[0] = URL_SAFE_NO_PAD.encode(other.head.to_string());
        other
    }

    /// The same with another claim.
    pub fn claim(&self, name: &str, value: impl Into<Value>) -> Self {
        let mut other = self.clone();
        other.claims[name] = value.into();
        other.parts[1] = URL_SAFE_NO_PAD.encode(other.claims.to_string());
        other
    }

    /// The same without a claim.
    pub fn without(&self, claim: &str) -> Self {
        let mut other = self.clone();
        other.claims.as_object_mut().unwrap().remove(claim).unwrap();
        other.parts[1] = URL_SAFE_NO_PAD.encode(other.claims.to_string());
        other
    }

    /// What is signed.
    pub fn message(&self) -> String {
        self.parts.join(".")
    }

    /// With this for a signature.
    pub fn signed(&self, signature: &str) -> String {
        format!("{}.{signature}", self.message())
    }

    /// With the signature that it had.
    pub fn as_it_was(&self) -> String {
        self.signed(&self.signature)
    }

    /// Signed by HMAC-SHA-256 with these bytes.
    pub fn by_bytes(&self, key: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key);
        self.signed(&URL_SAFE_NO_PAD.encode(hmac::sign(&key, self.message().as_bytes())))
    }

    /// Signed as a server with this secret signs.
    pub fn by_secret(&self, secret: &str) -> String {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        self.by_bytes(hmac::sign(&secret, USAGE).as_ref())
    }

    /// Signed with an Ed25519 key.
    pub fn by_pair(&self, pair: &Ed25519KeyPair) -> String {
        self.signed(&URL_SAFE_NO_PAD.encode(pair.sign(self.message().as_bytes())))
    }
}

/// Fails unless nothing is done for the bearer of a token, not even what needs none.
pub fn refused(server: &Server, token: &str) {
    let client = server.client().with_token(token);
    for path in ["/v1/users/me", "/v1/properties/"] {
        let answer = client.get(path);
        assert_eq!(answer.status, 401, "{path} let in {token}: {}", answer.text);
        let why = answer.expect_problem(401, "token_invalid");
        assert!(
            why.header("www-authenticate")
                .unwrap()
                .starts_with("Bearer")
        );
    }
}

/// Fails unless its bearer is let in.
pub fn taken(server: &Server, token: &str) {
    server
        .client()
        .with_token(token)
        .get("/v1/users/me")
        .expect(200);
}

//! Edits and signs access tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use ring::signature::Ed25519KeyPair;
use serde_json::Value;
use sojourn_tests::Server;

/// Context string with which the token key is derived from a secret.
const USAGE: &[u8] = b"sojourn access token";

/// A decoded token. Unchanged parts keep their bytes.
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

    /// Sets a header field.
    pub fn head(&self, name: &str, value: impl Into<Value>) -> Self {
        let mut other = self.clone();
        other.head[name] = value.into();
        other.parts[0] = URL_SAFE_NO_PAD.encode(other.head.to_string());
        other
    }

    /// Sets a claim.
    pub fn claim(&self, name: &str, value: impl Into<Value>) -> Self {
        let mut other = self.clone();
        other.claims[name] = value.into();
        other.parts[1] = URL_SAFE_NO_PAD.encode(other.claims.to_string());
        other
    }

    /// Removes a claim.
    pub fn without(&self, claim: &str) -> Self {
        let mut other = self.clone();
        other.claims.as_object_mut().unwrap().remove(claim).unwrap();
        other.parts[1] = URL_SAFE_NO_PAD.encode(other.claims.to_string());
        other
    }

    /// The signing input.
    pub fn message(&self) -> String {
        self.parts.join(".")
    }

    /// With this signature.
    pub fn signed(&self, signature: &str) -> String {
        format!("{}.{signature}", self.message())
    }

    /// With the original signature.
    pub fn with_original_signature(&self) -> String {
        self.signed(&self.signature)
    }

    /// Signed with HMAC-SHA-256 and these bytes.
    pub fn signed_by_bytes(&self, key: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key);
        self.signed(&URL_SAFE_NO_PAD.encode(hmac::sign(&key, self.message().as_bytes())))
    }

    /// Signed as a server with this secret signs.
    pub fn signed_by_secret(&self, secret: &str) -> String {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        self.signed_by_bytes(hmac::sign(&secret, USAGE).as_ref())
    }

    /// Signed with an Ed25519 key pair.
    pub fn signed_by_key_pair(&self, key_pair: &Ed25519KeyPair) -> String {
        self.signed(&URL_SAFE_NO_PAD.encode(key_pair.sign(self.message().as_bytes())))
    }
}

/// Fails unless the token is rejected, also by operations that need none.
pub fn assert_rejected(server: &Server, token: &str) {
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

/// Fails unless the token is accepted.
pub fn assert_accepted(server: &Server, token: &str) {
    server
        .client()
        .with_token(token)
        .get("/v1/users/me")
        .expect(200);
}

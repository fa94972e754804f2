//! JSON Web Tokens (RFC 7519).

mod access_tokens;
mod crypto_provider;
mod ed25519;
mod hs256;
mod key;
mod signing_key;

#[cfg(test)]
mod forgery_tests;
#[cfg(test)]
mod test_vectors;

pub use access_tokens::JwtTokens;
pub use signing_key::{SigningKey, SigningKeyError};

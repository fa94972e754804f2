//! JSON Web Tokens of RFC 7519.

mod ed25519;
mod hs256;
mod key;
mod provider;
mod signing_key;
mod tokens;

#[cfg(test)]
mod forged_claims;
#[cfg(test)]
mod forged_signatures;
#[cfg(test)]
mod forgeries;
#[cfg(test)]
mod samples;

pub use signing_key::{SigningKey, SigningKeyError};
pub use tokens::JwtTokens;

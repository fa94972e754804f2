//! Argon2id, JSON Web Tokens, keyed signatures, the system clock and random ids.

mod clock;
mod hasher;
mod hs256;
mod ids;
mod keys;
mod signer;
mod tokens;

pub use clock::SystemClock;
pub use hasher::Argon2Hasher;
pub use ids::{RandomIds, fresh_secret};
pub use signer::HmacSigner;
pub use tokens::JwtTokens;

//! Argon2id, JSON Web Tokens, authenticator codes, keyed signatures, the system clock and random ids.

mod clock;
mod hash_work;
mod hasher;
mod ids;
mod jwt;
mod keys;
mod seal;
mod signer;
mod totp;
mod turns;

pub use clock::SystemClock;
pub use hash_work::{HashWork, HashWorkError};
pub use hasher::Argon2Hasher;
pub use ids::{RandomIds, fresh_secret};
pub use jwt::{JwtTokens, SigningKey, SigningKeyError};
pub use signer::HmacSigner;
pub use totp::TotpApp;

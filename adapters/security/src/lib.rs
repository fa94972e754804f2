//! Argon2id, JSON Web Tokens, authenticator codes, keyed signatures, the system clock and random ids.

mod argon2_params;
mod bounded_queue;
mod client_box;
mod clock;
mod encryption;
mod ids;
mod jwt;
mod key_derivation;
mod password_hasher;
mod queue_places;
mod signer;
mod totp;

pub use argon2_params::{Argon2Params, Argon2ParamsError};
pub use clock::SystemClock;
pub use ids::{RandomIds, generate_secret};
pub use jwt::{JwtTokens, SigningKey, SigningKeyError};
pub use password_hasher::Argon2Hasher;
pub use signer::HmacSigner;
pub use totp::TotpAuthenticator;

//! What is kept of a token: its SHA-256, so that a copy of the database lets nobody in.

use crate::sha256::sha256;

/// The SHA-256 of a token, in hexadecimal. Tokens are 256 random bits, so no salt is needed.
pub(crate) fn token_hash(token: &str) -> String {
    sha256(token)
}

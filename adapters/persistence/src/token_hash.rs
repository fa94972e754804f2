//! What is kept of a token: its SHA-256, so that a copy of the database lets nobody in.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The SHA-256 of a token, in hexadecimal. Tokens are 256 random bits, so no salt is needed.
pub(crate) fn token_hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

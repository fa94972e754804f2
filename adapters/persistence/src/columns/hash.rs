//! SHA-256 digests, in hexadecimal.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The digest of a text.
pub(crate) fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut hex = String::with_capacity(2 * digest.len());
    for byte in digest {
        let _infallible = write!(hex, "{byte:02x}");
    }
    hex
}

/// The digest of a token, stored in its place so that a copy of the database grants no access. Tokens are 256 random
/// bits, so no salt is needed.
pub(crate) fn token_hash(token: &str) -> String {
    sha256(token)
}

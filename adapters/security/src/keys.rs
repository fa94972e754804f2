//! Keys from secrets.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// HMAC-SHA-256 with a secret, which may have any length.
pub(crate) fn keyed(secret: &[u8]) -> Option<Hmac<Sha256>> {
    Hmac::new_from_slice(secret).ok()
}

/// A key for one use of a secret, so that what is signed for one use is worth nothing in another.
pub(crate) fn derive(secret: &[u8], usage: &str) -> Vec<u8> {
    let derived = keyed(secret).map(|mac| {
        mac.chain_update(usage.as_bytes())
            .finalize()
            .into_bytes()
            .to_vec()
    });
    derived.unwrap_or_default()
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _never_fails = write!(text, "{byte:02x}");
            text
        })
}

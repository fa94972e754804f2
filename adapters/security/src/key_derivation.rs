//! Keys derived from secrets.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// HMAC-SHA-256 with a secret of any length.
pub(crate) fn hmac_sha256(secret: &[u8]) -> Option<Hmac<Sha256>> {
    Hmac::new_from_slice(secret).ok()
}

/// A key for one usage of a secret, so that a signature for one usage is invalid for another.
pub(crate) fn derive_key(secret: &[u8], usage: &str) -> Vec<u8> {
    let derived = hmac_sha256(secret).map(|mac| {
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

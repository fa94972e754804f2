//! Ed25519 signing keys.

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::Ed25519KeyPair;

/// Prefix of a PKCS #8 key (RFC 8410), used with a constant key where `openssl` is missing.
const HEAD: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// A file with a new key, created as docs/configuration.md describes.
pub fn pem_file(folder: &Path, name: &str) -> PathBuf {
    std::fs::create_dir_all(folder).unwrap();
    let path = folder.join(format!("{name}.pem"));
    let made = Command::new("openssl")
        .args(["genpkey", "-algorithm", "ed25519", "-out"])
        .arg(&path)
        .status();
    if !made.is_ok_and(|status| status.success()) {
        let seed = [name.as_bytes()[0]; 32];
        let text = STANDARD.encode([HEAD.as_slice(), &seed].concat());
        std::fs::write(
            &path,
            format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n"),
        )
        .unwrap();
    }
    path
}

/// The key pair in a file.
pub fn key_pair(path: &Path) -> Ed25519KeyPair {
    let text = std::fs::read_to_string(path).unwrap();
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    Ed25519KeyPair::from_pkcs8_maybe_unchecked(&STANDARD.decode(body).unwrap()).unwrap()
}

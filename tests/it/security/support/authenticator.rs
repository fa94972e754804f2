//! An authenticator app (TOTP, RFC 6238).

use chrono::{DateTime, TimeDelta, Utc};
use ring::hmac;
use serde_json::{Value, json};
use sojourn_tests::Client;

/// Time step in seconds.
pub const STEP: i64 = 30;

/// The app of one account.
#[derive(Clone)]
pub struct Authenticator {
    key: Vec<u8>,
}

impl Authenticator {
    /// An app with this base32 secret.
    pub fn with(base32: &str) -> Self {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let bits: Vec<usize> = base32.chars().map(|c| alphabet.find(c).unwrap()).collect();
        let bit = |at: usize| (bits[at / 5] >> (4 - at % 5)) & 1;
        let byte = |at: usize| {
            (0..8).fold(0_u8, |byte, n| {
                byte << 1 | u8::try_from(bit(at * 8 + n)).unwrap()
            })
        };
        Self {
            key: (0..bits.len() * 5 / 8).map(byte).collect(),
        }
    }

    /// The raw secret.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// The code at an instant.
    pub fn code(&self, at: DateTime<Utc>) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.key);
        let mac = hmac::sign(&key, &(at.timestamp() / STEP).to_be_bytes());
        let mac = mac.as_ref();
        let from = usize::from(mac[19] & 0x0f);
        let number = u32::from_be_bytes(mac[from..from + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }

    /// The current code.
    pub fn now(&self) -> String {
        self.code(Utc::now())
    }

    /// A code that is invalid for minutes around now.
    pub fn wrong(&self, now: DateTime<Utc>) -> String {
        let near: Vec<_> = (-4..=4)
            .map(|steps| self.code(now + TimeDelta::seconds(STEP * steps)))
            .collect();
        (0..)
            .map(|n| format!("{n:06}"))
            .find(|code| !near.contains(code))
            .unwrap()
    }
}

/// Enables a second factor; the app and the recovery codes.
pub fn enrol_second_factor(who: &Client) -> (Authenticator, Vec<String>) {
    let app = Authenticator::with(
        &who.post("/v1/auth/totp", &Value::Null)
            .expect(200)
            .at("/secret"),
    );
    let codes = who
        .post("/v1/auth/totp/confirm", &json!({"code": app.now()}))
        .expect(200);
    let codes = codes.json()["recovery_codes"].as_array().unwrap().clone();
    (
        app,
        codes
            .iter()
            .map(|code| code.as_str().unwrap().to_owned())
            .collect(),
    )
}

#[test]
fn totp_codes_match_rfc_6238() {
    // Appendix B, cut to six digits; the secret is "12345678901234567890".
    let app = Authenticator::with("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    for (at, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (20_000_000_000, "353130"),
    ] {
        assert_eq!(app.code(DateTime::from_timestamp(at, 0).unwrap()), code);
    }
}

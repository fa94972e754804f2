//! Time-based one-time passwords (TOTP, RFC 6238).

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sojourn_application::ports::{NewTotp, TotpCodes};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::encryption::SecretBox;
use crate::ids::random_bytes;
use crate::key_derivation::hex;

const USAGE: &str = "sojourn authenticator secret";
const DIGITS: u8 = 6;
const STEP_SECONDS: u64 = 30;
/// Accepted clock skew in steps, in both directions.
const SKEW_STEPS: u16 = 1;

/// Secrets and codes of authenticator apps: SHA-1, six digits, 30 seconds, which all apps support. Secrets have 160
/// random bits and are stored encrypted.
pub struct TotpAuthenticator {
    secret_box: SecretBox,
    issuer: String,
}

impl TotpAuthenticator {
    /// Encrypts with the first secret and decrypts with any of them. `issuer` is the name that apps display.
    #[must_use]
    pub fn new(secrets: &[Vec<u8>], issuer: &str) -> Self {
        Self {
            secret_box: SecretBox::new(secrets, USAGE),
            issuer: issuer.to_owned(),
        }
    }

    fn otpauth_url(&self, account: &str, secret: &str) -> String {
        let (issuer, account) = (percent_encoded(&self.issuer), percent_encoded(account));
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1\
             &digits={DIGITS}&period={STEP_SECONDS}"
        )
    }
}

impl TotpCodes for TotpAuthenticator {
    fn generate_secret(&self, account: &str) -> NewTotp {
        let secret = Secret::new_stack(random_bytes());
        // Without a key the text is empty, which never opens.
        let sealed = self.secret_box.seal(secret.as_bytes()).unwrap_or_default();
        let secret = secret.to_base32();
        NewTotp {
            sealed,
            otpauth_url: self.otpauth_url(account, &secret),
            secret,
        }
    }

    fn verify(&self, sealed: &str, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let Some(secret) = self.secret_box.open(sealed) else {
            tracing::error!(
                "cannot decrypt the secret of a second factor: it was encrypted with a secret that is not configured"
            );
            return None;
        };
        let step = totp(secret).check(code, u64::try_from(now.timestamp()).ok()?)?;
        i64::try_from(step).ok()
    }

    fn digest(&self, recovery_code: &str) -> String {
        let characters = recovery_code
            .chars()
            .filter(|c| *c != '-' && !c.is_whitespace());
        let code: String = characters.flat_map(char::to_uppercase).collect();
        hex(&Sha256::digest(code))
    }
}

fn totp(secret: Vec<u8>) -> Totp {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_step_duration(STEP_SECONDS)
        .with_skew(SKEW_STEPS)
        .with_secret(secret)
        .build_noncompliant()
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
fn percent_encoded(text: &str) -> String {
    let encoded = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encoded).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    /// The secret, the instants and the codes of RFC 6238, appendix B, SHA-1; six of their eight digits.
    const RFC_SECRET: &[u8] = b"12345678901234567890";
    const RFC_CODES: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    fn authenticator() -> TotpAuthenticator {
        TotpAuthenticator::new(
            &[b"a secret of a good many bytes ..".to_vec()],
            "Sojourn & Sons",
        )
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn accepts_the_codes_of_rfc_6238() {
        let app = authenticator();
        let sealed = app.secret_box.seal(RFC_SECRET).unwrap();
        for (seconds, code) in RFC_CODES {
            assert_eq!(
                app.verify(&sealed, code, at(seconds)),
                Some(seconds / 30),
                "{seconds}"
            );
        }
    }

    #[test]
    fn accepts_the_codes_of_adjacent_steps() {
        let app = authenticator();
        let sealed = app.secret_box.seal(RFC_SECRET).unwrap();
        let (seconds, code) = RFC_CODES[3];
        let step = seconds / 30;
        let start = at(step * 30);
        let verify = |seconds| app.verify(&sealed, code, start + TimeDelta::seconds(seconds));
        for seconds in [-30, -1, 0, 29, 30, 59] {
            assert_eq!(verify(seconds), Some(step), "{seconds}");
        }
        for seconds in [-31, 60, 3_600] {
            assert_eq!(verify(seconds), None, "{seconds}");
        }
    }

    #[test]
    fn rejects_other_codes_and_texts() {
        let app = authenticator();
        let sealed = app.secret_box.seal(RFC_SECRET).unwrap();
        for code in [
            "",
            "05924",
            "+05924",
            "5924",
            "0005924",
            "94005924",
            "005925",
            "００５９２４",
            "00592 ",
            "abcdef",
        ] {
            assert_eq!(app.verify(&sealed, code, at(1_234_567_890)), None, "{code}");
        }
        assert_eq!(app.verify(&sealed, "005924", at(-1_234_567_890)), None);
        assert_eq!(app.verify("v1.AAAA", "005924", at(1_234_567_890)), None);
        assert_eq!(app.verify("", "005924", at(1_234_567_890)), None);
    }

    #[test]
    fn the_otpauth_url_contains_the_new_secret() {
        let app = authenticator();
        let fresh = app.generate_secret("ann+x@example.com");
        let secret = Secret::try_from_base32(&fresh.secret).unwrap();
        assert_eq!((secret.as_bytes().len(), fresh.secret.len()), (20, 32));
        let code = totp(secret.as_bytes().to_vec())
            .generate(1_800_000_000)
            .to_string();
        assert_eq!(
            app.verify(&fresh.sealed, &code, at(1_800_000_000)),
            Some(60_000_000)
        );
        assert_eq!(
            fresh.otpauth_url,
            format!(
                "otpauth://totp/Sojourn%20%26%20Sons:ann%2Bx%40example.com?secret={}\
                 &issuer=Sojourn%20%26%20Sons&algorithm=SHA1&digits=6&period=30",
                fresh.secret
            )
        );
        assert!(!fresh.sealed.contains(&fresh.secret));
        assert_ne!(app.generate_secret("ann@example.com").secret, fresh.secret);
        assert_eq!(
            TotpAuthenticator::new(&[], "Sojourn")
                .generate_secret("ann@example.com")
                .sealed,
            ""
        );
    }

    #[test]
    fn the_digest_of_a_recovery_code_ignores_case_hyphens_and_spaces() {
        let app = authenticator();
        let digest = app.digest("ABCD-EFGH-2345-6789");
        // printf ABCDEFGH23456789 | sha256sum
        assert_eq!(
            digest,
            "59b4cf69885ac3681c8dee6549b625b31ba3cac407a938034ec9b77a15a783cd"
        );
        for typed in [
            "abcdefgh23456789",
            " abcd efgh-2345 6789\n",
            "ABCDEFGH23456789",
        ] {
            assert_eq!(app.digest(typed), digest, "{typed}");
        }
        assert_ne!(app.digest("ABCD-EFGH-2345-678A"), digest);
    }
}

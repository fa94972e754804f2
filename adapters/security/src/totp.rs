//! Codes of authenticator apps (RFC 6238).

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sojourn_application::ports::{NewTotp, TotpCodes};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::ids::random;
use crate::keys::hex;
use crate::seal::Seal;

const USAGE: &str = "sojourn authenticator secret";
const DIGITS: u8 = 6;
const STEP_SECONDS: u64 = 30;
/// How many steps a clock may be off, either way.
const SKEW: u16 = 1;

/// Makes and checks the codes of the apps that people scan a QR code with: SHA-1, six digits, 30 seconds, which is
/// what all of those apps know. Secrets have 160 random bits and are stored sealed.
pub struct TotpApp {
    seal: Seal,
    issuer: String,
}

impl TotpApp {
    /// Seals with the first secret and opens what any of them sealed. `issuer` is the name that apps show.
    #[must_use]
    pub fn new(secrets: &[Vec<u8>], issuer: &str) -> Self {
        Self {
            seal: Seal::new(secrets, USAGE),
            issuer: issuer.to_owned(),
        }
    }

    fn link(&self, account: &str, secret: &str) -> String {
        let (issuer, account) = (percent_encoded(&self.issuer), percent_encoded(account));
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1\
             &digits={DIGITS}&period={STEP_SECONDS}"
        )
    }
}

impl TotpCodes for TotpApp {
    fn fresh(&self, account: &str) -> NewTotp {
        let secret = Secret::new_stack(random());
        // Without a key nothing is sealed, and what is not sealed never opens.
        let sealed = self.seal.close(secret.as_bytes()).unwrap_or_default();
        let secret = secret.to_base32();
        NewTotp {
            sealed,
            otpauth_url: self.link(account, &secret),
            secret,
        }
    }

    fn step(&self, sealed: &str, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let Some(secret) = self.seal.open(sealed) else {
            tracing::error!(
                "the secret of a second factor cannot be opened: it was sealed with a secret that is not configured"
            );
            return None;
        };
        let step = totp(secret).check(code, u64::try_from(now.timestamp()).ok()?)?;
        i64::try_from(step).ok()
    }

    fn digest(&self, recovery_code: &str) -> String {
        let typed = recovery_code
            .chars()
            .filter(|c| *c != '-' && !c.is_whitespace());
        let code: String = typed.flat_map(char::to_uppercase).collect();
        hex(&Sha256::digest(code))
    }
}

fn totp(secret: Vec<u8>) -> Totp {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_step_duration(STEP_SECONDS)
        .with_skew(SKEW)
        .with_secret(secret)
        .build_noncompliant()
}

/// Everything but the unreserved characters of RFC 3986 as `%XX`.
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

    fn app() -> TotpApp {
        TotpApp::new(
            &[b"a secret of a good many bytes ..".to_vec()],
            "Sojourn & Sons",
        )
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn knows_the_codes_of_rfc_6238() {
        let app = app();
        let sealed = app.seal.close(RFC_SECRET).unwrap();
        for (seconds, code) in RFC_CODES {
            assert_eq!(
                app.step(&sealed, code, at(seconds)),
                Some(seconds / 30),
                "{seconds}"
            );
        }
    }

    #[test]
    fn takes_the_codes_of_the_steps_beside() {
        let app = app();
        let sealed = app.seal.close(RFC_SECRET).unwrap();
        let (seconds, code) = RFC_CODES[3];
        let (step, begun) = (seconds / 30, at(seconds / 30 * 30));
        let taken = |seconds| app.step(&sealed, code, begun + TimeDelta::seconds(seconds));
        for seconds in [-30, -1, 0, 29, 30, 59] {
            assert_eq!(taken(seconds), Some(step), "{seconds}");
        }
        for seconds in [-31, 60, 3_600] {
            assert_eq!(taken(seconds), None, "{seconds}");
        }
    }

    #[test]
    fn takes_no_other_text() {
        let app = app();
        let sealed = app.seal.close(RFC_SECRET).unwrap();
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
            assert_eq!(app.step(&sealed, code, at(1_234_567_890)), None, "{code}");
        }
        assert_eq!(app.step(&sealed, "005924", at(-1_234_567_890)), None);
        assert_eq!(app.step("v1.AAAA", "005924", at(1_234_567_890)), None);
        assert_eq!(app.step("", "005924", at(1_234_567_890)), None);
    }

    #[test]
    fn a_fresh_secret_is_what_the_app_is_given() {
        let app = app();
        let fresh = app.fresh("ann+x@example.com");
        let secret = Secret::try_from_base32(&fresh.secret).unwrap();
        assert_eq!((secret.as_bytes().len(), fresh.secret.len()), (20, 32));
        let code = totp(secret.as_bytes().to_vec())
            .generate(1_800_000_000)
            .to_string();
        assert_eq!(
            app.step(&fresh.sealed, &code, at(1_800_000_000)),
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
        assert_ne!(app.fresh("ann@example.com").secret, fresh.secret);
        assert_eq!(
            TotpApp::new(&[], "Sojourn").fresh("ann@example.com").sealed,
            ""
        );
    }

    #[test]
    fn recovery_codes_are_the_same_however_they_are_typed() {
        let app = app();
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

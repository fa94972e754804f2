//! Password rules (NIST SP 800-63B: length and a list of common passwords, no composition rules).

use sojourn_domain::shared::{Email, Violations};
use unicode_normalization::UnicodeNormalization;

/// Minimum length, in characters.
const MIN_LENGTH: usize = 12;

/// Maximum length, in characters.
const MAX_LENGTH: usize = 128;

/// Local parts shorter than this may be part of a password.
const MIN_LOCAL_PART_LENGTH: usize = 3;

/// Adds all violations of a new password.
pub(super) fn check(pointer: &str, password: &str, email: Option<&Email>, found: &mut Violations) {
    // As it is hashed: composed and decomposed accents are one character.
    let password: &str = &password.nfc().collect::<String>();
    let length = password.chars().count();
    found.require(
        length >= MIN_LENGTH,
        pointer,
        "too_short",
        "at least 12 characters",
    );
    found.require(
        length <= MAX_LENGTH,
        pointer,
        "too_long",
        "at most 128 characters",
    );
    let lower = password.to_lowercase();
    let guessed = length >= MIN_LENGTH
        && (COMMON_PASSWORDS.binary_search(&lower.as_str()).is_ok() || is_pattern(&lower));
    found.require(
        !guessed,
        pointer,
        "too_common",
        "must not be a common or easily guessed password",
    );
    let name = email
        .map(Email::key)
        .and_then(|key| Some(key.rsplit_once('@')?.0.to_owned()));
    let named =
        name.is_some_and(|name| name.len() >= MIN_LOCAL_PART_LENGTH && lower.contains(&name));
    found.require(
        !named,
        pointer,
        "contains_email",
        "must not contain the name in the e-mail address",
    );
}

/// True if it is one character or a short word repeated, or an ascending or descending sequence.
fn is_pattern(password: &str) -> bool {
    let chars: Vec<char> = password.chars().collect();
    let repeats = |period: usize| chars.iter().zip(&chars[period..]).all(|(a, b)| a == b);
    let follows = |step: i64| {
        chars.windows(2).all(|pair| {
            let gap = i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]));
            gap == step
                || (gap == -9 * step && pair[0].is_ascii_digit() && pair[1].is_ascii_digit())
        })
    };
    (1..=4).any(|period| period < chars.len() && repeats(period)) || follows(1) || follows(-1)
}

/// Common leaked passwords of sufficient length, sorted.
#[rustfmt::skip]
const COMMON_PASSWORDS: &[&str] = &[
    "100200300400", "102030405060", "111222333444", "112233445566", "121212121212", "123123123123",
    "123456789012a", "1234567890ab", "123456789abc", "123qweasdzxc", "147258369147", "159753159753",
    "192837465564", "1q2w3e4r5t6y", "1q2w3e4r5t6y7u", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "987654321098",
    "a123456789012", "a1b2c3d4e5f6", "aa1234567890", "abc123456789", "abc123abc123", "abcd12345678",
    "abcdef123456", "abcdefg12345", "admin1234567", "admin123456789", "adminadminadmin", "administrator",
    "administrator1", "administrator123", "alexander123", "arsenal12345", "asdasdasdasd", "asdfghjkl123",
    "asdfghjklzxcvbnm", "barcelona123", "baseball1234", "basketball12", "basketball123", "batman123456",
    "blink182blink", "changeme1234", "changeme12345", "changemenow1", "charlie12345", "chelsea12345",
    "christopher1", "computer1234", "correcthorsebatterystaple", "december2025", "defaultpassword",
    "dontforgetme", "dragon123456", "elizabeth123", "facebook1234", "football1234", "football12345",
    "freedom12345", "godisgood123", "goodmorning1", "googlegoogle", "guestguestguest", "hellohello12",
    "helloworld12", "helloworld123", "helloworld1234", "ilovemyfamily", "ilovemymother", "iloveyou1234",
    "iloveyou12345", "iloveyoubaby", "iloveyouforever", "iloveyousomuch", "internet1234", "jennifer1234",
    "jessica12345", "jesuschrist1", "jesusislord1", "jesuslovesme", "letmein12345", "letmein123456",
    "letmeinletmein", "liverpool123", "manchester123", "manchesterunited", "master123456", "michael12345",
    "minecraft123", "monkey123456", "mynameisjohn", "mypassword12", "mypassword123", "mypassword1234",
    "newpassword1", "newpassword123", "nothing12345", "november2025", "p@ssw0rd1234", "p@ssword1234",
    "passw0rd1234", "password123!", "password1234", "password12345", "password123456", "password2024",
    "password2025", "password2026", "passwordpassword", "playstation3", "playstation4", "pokemon12345",
    "princess1234", "princess12345", "q1w2e3r4t5y6", "q1w2e3r4t5y6u7", "qazwsxedcrfv", "qweasdzxc123",
    "qweqweqweqwe", "qwerty123456", "qwerty1234567", "qwerty12345678", "qwertyqwerty", "qwertyuiop12",
    "qwertyuiop123", "qwertyuiopasdf", "realmadrid123", "rootrootroot", "samsung12345", "secretpassword",
    "shadow123456", "spiderman123", "starwars1234", "summer202425", "sunshine1234", "sunshine12345",
    "superman1234", "supersecret1", "supersecret123", "test12345678", "testpassword", "testtesttest",
    "thisismypassword", "trustno1trustno1", "welcome12345", "welcome123456", "welcome2024!", "welcome2025!",
    "welcome2026!", "whatever1234", "winter202425", "zaq12wsxcde3", "zxcvbnm12345", "zxcvbnmasdfghjkl",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(password: &str) -> Vec<&'static str> {
        let mut found = Violations::new();
        check(
            "/password",
            password,
            Email::parse("ana.ruiz@mail.example").ok().as_ref(),
            &mut found,
        );
        found
            .into_vec()
            .into_iter()
            .map(|violation| violation.code)
            .collect()
    }

    #[test]
    fn refuses_short_long_common_and_name_based_passwords() {
        assert_eq!(codes("short"), ["too_short"]);
        assert_eq!(codes(&"aB3 ".repeat(33)), ["too_long", "too_common"]);
        for common in [
            "Password1234",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "123456789012",
            "210987654321",
            "ABCDEFGHIJKLM",
        ] {
            assert_eq!(codes(common), ["too_common"], "{common}");
        }
        assert_eq!(codes("my Ana.Ruiz 2026"), ["contains_email"]);
        assert_eq!(codes("four words make sense"), [""; 0]);
    }

    #[test]
    fn the_list_is_in_order_and_long_enough() {
        assert!(COMMON_PASSWORDS.is_sorted() && COMMON_PASSWORDS.len() >= 100);
        assert!(
            COMMON_PASSWORDS
                .iter()
                .all(|word| word.len() >= MIN_LENGTH && *word == word.to_lowercase())
        );
    }
}

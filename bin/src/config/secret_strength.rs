//! Secrets that can be guessed.

use std::collections::BTreeMap;

/// Number of different bytes at least.
const MIN_DISTINCT_BYTES: usize = 10;
/// Information at least that the frequencies of the bytes leave, in bits.
const MIN_ENTROPY_BITS: f64 = 96.0;
/// Share of neighbours at most that follow one another in a sequence, or are the same: one half.
const MAX_SEQUENTIAL: (usize, usize) = (1, 2);
/// Words of placeholders and examples.
const WORDS: [&str; 14] = [
    "secret",
    "change",
    "your-",
    "your_",
    "passw",
    "example",
    "sojourn",
    "default",
    "insecure",
    "replace",
    "placeholder",
    "production",
    "letmein",
    "generate",
];
/// Sequences, as their keys lie on keyboards and in the alphabet.
const SEQUENCES: [&str; 7] = [
    "abcdefghijklmnopqrstuvwxyz",
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
];

/// The reason for which a secret can be guessed; `None` for one that looks random.
pub(super) fn weakness(secret: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(secret);
    if WORDS.iter().any(|word| contains_word(&text, word)) {
        Some("contains a word")
    } else if is_repeated(secret) {
        Some("repeats itself")
    } else if is_sequential(&text.to_lowercase()) {
        Some("follows the alphabet or a keyboard")
    } else if is_uniform(secret) {
        Some("has too few different characters")
    } else {
        None
    }
}

/// True for a word in lower case, in upper case or with a capital letter. Mixed cases occur by chance in random text.
fn contains_word(text: &str, word: &str) -> bool {
    let (first, rest) = word.split_at(1);
    let capitalized = first.to_uppercase() + rest;
    text.contains(word) || text.contains(&word.to_uppercase()) || text.contains(&capitalized)
}

/// True if a shorter block is repeated to the end.
fn is_repeated(secret: &[u8]) -> bool {
    let repeats_after = |period: usize| {
        secret
            .iter()
            .skip(period)
            .eq(secret.iter().take(secret.len() - period))
    };
    (1..=secret.len() / 2).any(repeats_after)
}

fn is_sequential(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let neighbours = characters.windows(2);
    let total = neighbours.len();
    let sequential = neighbours
        .filter(|pair| {
            pair[0] == pair[1]
                || SEQUENCES
                    .iter()
                    .any(|it| are_neighbours(it, pair[0], pair[1]))
        })
        .count();
    sequential * MAX_SEQUENTIAL.1 > total * MAX_SEQUENTIAL.0
}

fn are_neighbours(sequence: &str, one: char, other: char) -> bool {
    let at = |it: char| sequence.find(it);
    at(one)
        .zip(at(other))
        .is_some_and(|(one, other)| one.abs_diff(other) == 1)
}

fn is_uniform(secret: &[u8]) -> bool {
    let mut counts: BTreeMap<u8, u32> = BTreeMap::new();
    for &byte in secret {
        *counts.entry(byte).or_default() += 1;
    }
    let length = f64::from(counts.values().sum::<u32>());
    let bits: f64 = counts
        .values()
        .map(|&count| f64::from(count) * (length / f64::from(count)).log2())
        .sum();
    counts.len() < MIN_DISTINCT_BYTES || bits < MIN_ENTROPY_BITS
}

#[cfg(test)]
mod tests {
    use sojourn_security::generate_secret;

    use super::*;

    #[test]
    fn guessable_secrets_are_found_with_their_reason() {
        let cases = [
            ("please-change-me-before-you-start-it", "contains a word"),
            ("YOUR-32-byte-key-goes-into-this-line", "contains a word"),
            ("kJ8s0Xv2Qm4nB7cL1zT5yR9wE3uI6oSecret", "contains a word"),
            ("kJ8s0Xv2Qm4nB7cLkJ8s0Xv2Qm4nB7cLkJ8s", "repeats itself"),
            (
                "abcdefghijklmnopqrstuvwxyz0123456789",
                "follows the alphabet or a keyboard",
            ),
            (
                "qwertyuiopasdfghjklzxcvbnm1234567890",
                "follows the alphabet or a keyboard",
            ),
            (
                "QWERTZUIOPasdfghjkl098765432112qwert",
                "follows the alphabet or a keyboard",
            ),
            (
                "aabbccddeeffgghhiijjkkllmmnnooppqqrr",
                "follows the alphabet or a keyboard",
            ),
            (
                "a1c9a1d9a7c3a9c1a3d7a1a7c9d3c1a3a9d1",
                "has too few different characters",
            ),
            (
                "zbzqzhzrzkzwzpznzvzqzbzrzhzwzkznzpzv",
                "has too few different characters",
            ),
        ];
        for (secret, reason) in cases {
            assert_eq!(weakness(secret.as_bytes()), Some(reason), "{secret}");
        }
    }

    #[test]
    fn random_secrets_are_accepted_in_every_notation() {
        for _ in 0..2_000 {
            let secret = generate_secret();
            assert_eq!(weakness(secret.as_bytes()), None, "{secret}");
            let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
            // The low halves of the bytes are as random as the secret.
            let digits: String = hex.chars().skip(1).step_by(2).collect();
            assert_eq!(weakness(digits.as_bytes()), None, "{digits}");
        }
    }
}

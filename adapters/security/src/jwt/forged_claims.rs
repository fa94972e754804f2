//! Tokens that say what they should not: none of them is read.

use jsonwebtoken::crypto::sign;
use jsonwebtoken::{Algorithm, Header};
use sojourn_application::ports::{Ids, Signer};

use super::forgeries::{SECRET, ed_key, is_read, parts, raw, secret_key, signed};
use super::samples::claims;
use super::tokens::Claims;
use crate::{HmacSigner, RandomIds};

#[test]
fn refuses_edited_claims() {
    for key in [ed_key(), secret_key()] {
        let token = signed(&key, |_, claims| claims.admin = false);
        let [head, claims, signature] = parts(&token);
        for (from, to) in [
            (r#""admin":false"#, r#""admin":true"#),
            ("1800000900", "1900000900"),
            ("000000000001", "000000000009"),
            ("000000000002", "000000000009"),
            ("}", r#","more":1}"#),
        ] {
            let edited = claims.replace(from, to);
            assert_ne!(edited, claims);
            assert!(!is_read(&raw(&head, &edited, &signature)), "{edited}");
        }
        assert!(!is_read(&raw(
            &head.replace("at+jwt", "at+jwT"),
            &claims,
            &signature
        )));
    }
}

#[test]
fn refuses_other_uses_audiences_and_issuers() {
    for key in [ed_key(), secret_key()] {
        let changes: [fn(&mut Header, &mut Claims); 7] = [
            |_, claims| claims.aud = "elsewhere".to_owned(),
            |_, claims| claims.aud = String::new(),
            |_, claims| claims.iss = "https://evil.example".to_owned(),
            |_, claims| claims.iss = String::new(),
            |_, claims| claims.typ = "refresh".to_owned(),
            |head, _| head.typ = Some("JWT".to_owned()),
            |head, _| head.typ = None,
        ];
        for (at, change) in changes.into_iter().enumerate() {
            assert!(!is_read(&signed(&key, change)), "change {at}");
        }
    }
}

#[test]
fn refuses_what_is_over_or_not_yet_good() {
    let now = claims().issued_at.timestamp();
    for key in [ed_key(), secret_key()] {
        for (nbf, exp, good) in [
            (now, now + 1, true),
            (now, now, false),
            (now, now - 1, false),
            (now, i64::MAX, false),
            (now, i64::MIN, false),
            (now + 60, now + 900, true),
            (now + 61, now + 900, false),
            (i64::MAX, now + 900, false),
        ] {
            let token = signed(&key, |_, claims| (claims.nbf, claims.exp) = (nbf, exp));
            assert_eq!(is_read(&token), good, "{nbf} to {exp}");
        }
    }
}

#[test]
fn refuses_tokens_without_a_claim() {
    let whole = parts(&signed(&secret_key(), |_, _| ()))[1].clone();
    let fields: Vec<_> = whole.trim_matches(['{', '}']).split(',').collect();
    assert_eq!(fields.len(), 10);
    let signed_text = |claims: &str| {
        let message = raw(&parts(&signed(&secret_key(), |_, _| ()))[0], claims, "");
        let message = message.trim_end_matches('.');
        let signature = sign(message.as_bytes(), &secret_key().signing, Algorithm::HS256).unwrap();
        format!("{message}.{signature}")
    };
    assert!(is_read(&signed_text(&whole)));
    for left_out in 0..fields.len() {
        let mut rest = fields.clone();
        let name = rest.remove(left_out);
        assert!(
            !is_read(&signed_text(&format!("{{{}}}", rest.join(",")))),
            "without {name}"
        );
    }
}

#[test]
fn refuses_refresh_tokens_and_signed_texts_as_access_tokens() {
    assert!(!is_read(&RandomIds.secret()));
    let signer = HmacSigner::new(&[SECRET.as_bytes().to_vec()]);
    let [head, claims, _] = parts(&signed(&secret_key(), |_, _| ()));
    assert!(!is_read(&signer.sign("cursor", claims.as_bytes())));
    let message = raw(&head, &claims, "");
    let signature = signer.sign("cursor", message.trim_end_matches('.').as_bytes());
    assert!(!is_read(&format!(
        "{message}{}",
        signature.split_once('.').unwrap().1
    )));
}

#[test]
fn refuses_tokens_too_long_to_be_ours() {
    let long = |length: usize| {
        signed(&secret_key(), |head, _| {
            head.nonce = Some("n".repeat(length))
        })
    };
    assert!(is_read(&long(2_000)));
    assert!(long(3_000).len() > 4_096);
    assert!(!is_read(&long(3_000)));
    assert!(!is_read(&"a".repeat(10_000_000)));
}

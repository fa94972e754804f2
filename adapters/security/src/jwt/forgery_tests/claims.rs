//! Tokens with forged claims.

use jsonwebtoken::crypto::sign;
use jsonwebtoken::{Algorithm, Header};
use sojourn_application::ports::{Ids, Signer};

use super::super::access_tokens::Claims;
use super::super::test_vectors::claims;
use super::{SECRET, ed_key, is_accepted, parts, raw, secret_key, signed};
use crate::{HmacSigner, RandomIds};

#[test]
fn edited_claims_are_rejected() {
    for key in [ed_key(), secret_key()] {
        let token = signed(&key, |_, _| ());
        let [header, claims, signature] = parts(&token);
        for (from, to) in [
            ("1800000900", "1900000900"),
            ("000000000001", "000000000009"),
            ("000000000002", "000000000009"),
            ("}", r#","more":1}"#),
        ] {
            let edited = claims.replace(from, to);
            assert_ne!(edited, claims);
            assert!(!is_accepted(&raw(&header, &edited, &signature)), "{edited}");
        }
        assert!(!is_accepted(&raw(
            &header.replace("at+jwt", "at+jwT"),
            &claims,
            &signature
        )));
    }
}

#[test]
fn other_token_uses_audiences_and_issuers_are_rejected() {
    for key in [ed_key(), secret_key()] {
        let changes: [fn(&mut Header, &mut Claims); 7] = [
            |_, claims| claims.aud = "elsewhere".to_owned(),
            |_, claims| claims.aud = String::new(),
            |_, claims| claims.iss = "https://evil.example".to_owned(),
            |_, claims| claims.iss = String::new(),
            |_, claims| claims.typ = "refresh".to_owned(),
            |header, _| header.typ = Some("JWT".to_owned()),
            |header, _| header.typ = None,
        ];
        for (at, change) in changes.into_iter().enumerate() {
            assert!(!is_accepted(&signed(&key, change)), "change {at}");
        }
    }
}

#[test]
fn expired_and_not_yet_valid_tokens_are_rejected() {
    let now = claims().issued_at.timestamp();
    for key in [ed_key(), secret_key()] {
        for (nbf, exp, valid) in [
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
            assert_eq!(is_accepted(&token), valid, "{nbf} to {exp}");
        }
    }
}

#[test]
fn tokens_without_a_claim_are_rejected() {
    let all_claims = parts(&signed(&secret_key(), |_, _| ()))[1].clone();
    let fields: Vec<_> = all_claims.trim_matches(['{', '}']).split(',').collect();
    assert_eq!(fields.len(), 9);
    let signed_text = |claims: &str| {
        let message = raw(&parts(&signed(&secret_key(), |_, _| ()))[0], claims, "");
        let message = message.trim_end_matches('.');
        let signature = sign(message.as_bytes(), &secret_key().signing, Algorithm::HS256).unwrap();
        format!("{message}.{signature}")
    };
    assert!(is_accepted(&signed_text(&all_claims)));
    for missing in 0..fields.len() {
        let mut rest = fields.clone();
        let name = rest.remove(missing);
        assert!(
            !is_accepted(&signed_text(&format!("{{{}}}", rest.join(",")))),
            "without {name}"
        );
    }
}

#[test]
fn refresh_tokens_and_sealed_texts_are_rejected_as_access_tokens() {
    assert!(!is_accepted(&RandomIds.secret()));
    let signer = HmacSigner::new(&[SECRET.as_bytes().to_vec()]);
    let [header, claims, _] = parts(&signed(&secret_key(), |_, _| ()));
    assert!(!is_accepted(&signer.seal("cursor", b"", claims.as_bytes())));
    let message = raw(&header, &claims, "");
    let digest = signer.digests("cursor", message.trim_end_matches('.').as_bytes());
    assert!(!is_accepted(&format!("{message}{}", digest[0])));
}

#[test]
fn too_long_tokens_are_rejected() {
    let long = |length: usize| {
        signed(&secret_key(), |header, _| {
            header.nonce = Some("n".repeat(length));
        })
    };
    assert!(is_accepted(&long(2_000)));
    assert!(long(3_000).len() > 4_096);
    assert!(!is_accepted(&long(3_000)));
    assert!(!is_accepted(&"a".repeat(10_000_000)));
}

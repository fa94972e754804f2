//! Tokens with forged signatures, and without signatures.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, encode};

use super::super::access_tokens::Claims;
use super::super::key::Key;
use super::super::test_vectors::{RFC_SEED, RFC_X, claims, pem, pkcs8, signing_key};
use super::{OTHER_SEED, ed_key, header, is_accepted, parts, raw, secret_key, signed};

#[test]
fn unforged_tokens_are_accepted() {
    for key in [ed_key(), secret_key()] {
        let token = signed(&key, |_, _| ());
        assert!(is_accepted(&token), "{token}");
        let [header, claims, signature] = parts(&token);
        assert!(is_accepted(&raw(&header, &claims, &signature)));
    }
}

#[test]
fn alg_none_is_rejected() {
    for key in [ed_key(), secret_key()] {
        let [header, claims, signature] = parts(&signed(&key, |_, _| ()));
        for none in [
            "none", "None", "NONE", "nOnE", "", "null", "HS256 ", "hs256",
        ] {
            let name = format!("{:?}", key.algorithm);
            let forged =
                header.replace(&format!(r#""alg":"{name}""#), &format!(r#""alg":"{none}""#));
            assert_ne!(forged, header);
            assert!(!is_accepted(&raw(&forged, &claims, "")), "{forged}");
            assert!(!is_accepted(&raw(&forged, &claims, &signature)), "{forged}");
        }
        let without = header.replace(&format!(r#","alg":"{:?}""#, key.algorithm), "");
        assert_ne!(without, header);
        assert!(!is_accepted(&raw(&without, &claims, "")), "{without}");
    }
}

#[test]
fn missing_truncated_and_foreign_signatures_are_rejected() {
    for key in [ed_key(), secret_key()] {
        let token = signed(&key, |_, _| ());
        let [header, claims, signature] = parts(&token);
        let (message, _) = token.rsplit_once('.').unwrap();
        let zeroes = URL_SAFE_NO_PAD.encode([0; 64]);
        for cut in [
            "",
            "AA",
            "A",
            &zeroes,
            &signature[1..],
            &signature[..signature.len() - 2],
            "%%%",
        ] {
            assert!(!is_accepted(&raw(&header, &claims, cut)), "{cut}");
        }
        for text in [
            "",
            ".",
            "..",
            "...",
            "a.b.c",
            message,
            &token[1..],
            &format!("{token}."),
            &format!(" {token}"),
        ] {
            assert!(!is_accepted(text), "{text}");
        }
        let other = signed(&key, |_, claims| claims.exp += 1);
        assert!(!is_accepted(&raw(&header, &claims, &parts(&other)[2])));
    }
}

#[test]
fn the_public_key_is_rejected_as_a_secret() {
    let key = signing_key(RFC_SEED);
    for secret in [
        key.public(),
        RFC_X.as_bytes(),
        key.id().as_bytes(),
        pem(&pkcs8(RFC_SEED)).as_bytes(),
        b"",
    ] {
        let mut forged = header(&ed_key());
        forged.alg = Algorithm::HS256;
        let with_id_of_public_key = encode(
            &forged,
            &Claims::from(claims()),
            &EncodingKey::from_secret(secret),
        )
        .unwrap();
        assert!(
            !is_accepted(&with_id_of_public_key),
            "{with_id_of_public_key}"
        );
        forged.kid = Some(secret_key().id);
        let with_id_of_secret = encode(
            &forged,
            &Claims::from(claims()),
            &EncodingKey::from_secret(secret),
        )
        .unwrap();
        assert!(!is_accepted(&with_id_of_secret), "{with_id_of_secret}");
    }
}

#[test]
fn another_algorithm_than_that_of_the_key_is_rejected() {
    // Signed with the server's secret under the id of an Ed25519 key, and the reverse.
    let mut forged = header(&secret_key());
    forged.kid = Some(ed_key().id);
    assert!(!is_accepted(
        &encode(&forged, &Claims::from(claims()), &secret_key().signing).unwrap()
    ));
    let mut forged = header(&ed_key());
    forged.kid = Some(secret_key().id);
    assert!(!is_accepted(
        &encode(&forged, &Claims::from(claims()), &ed_key().signing).unwrap()
    ));
    let [header, claims, signature] = parts(&signed(&secret_key(), |_, _| ()));
    for alg in ["HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA"] {
        assert!(
            !is_accepted(&raw(&header.replace("HS256", alg), &claims, &signature)),
            "{alg}"
        );
    }
}

#[test]
fn the_id_of_another_key_is_rejected() {
    let other = Key::from_signing_key(&signing_key(OTHER_SEED));
    assert!(is_accepted(&signed(&other, |_, _| ())));
    assert!(!is_accepted(
        &signed(&other, |header, _| header.kid = Some(ed_key().id))
    ));
    let unknown = Key::from_signing_key(&signing_key([9; 32]));
    assert!(!is_accepted(&signed(&unknown, |_, _| ())));
    assert!(!is_accepted(
        &signed(&unknown, |header, _| header.kid = Some(ed_key().id))
    ));
    let unknown = Key::from_secret(b"another secret");
    assert!(!is_accepted(&signed(&unknown, |_, _| ())));
    assert!(!is_accepted(
        &signed(&unknown, |header, _| header.kid = Some(secret_key().id))
    ));
}

#[test]
fn unknown_and_missing_key_ids_are_rejected() {
    for key in [ed_key(), secret_key()] {
        assert!(!is_accepted(&signed(&key, |header, _| header.kid = None)));
        for kid in [
            "",
            "unknown",
            "../../dev/null",
            "' OR 1=1 --",
            &key.id.to_uppercase(),
            &key.id[1..],
        ] {
            assert!(
                !is_accepted(&signed(&key, |header, _| header.kid = Some(kid.to_owned()))),
                "{kid}"
            );
        }
    }
}

#[test]
fn keys_embedded_in_a_token_are_ignored() {
    let embedded = Key::from_signing_key(&signing_key([9; 32]));
    let x = embedded.public().unwrap().x;
    let [header, claims, signature] = parts(&signed(&embedded, |_, _| ()));
    let members = format!(
        r#","jwk":{{"kty":"OKP","crv":"Ed25519","x":"{x}"}},"jku":"https://evil.example/"}}"#
    );
    assert!(!is_accepted(&raw(
        &header.replace('}', &members),
        &claims,
        &signature
    )));
}

//! Tokens signed by others, or by nobody: none of them is read.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, encode};

use super::forgeries::{OTHER_SEED, ed_key, head, is_read, parts, raw, secret_key, signed};
use super::key::Key;
use super::samples::{RFC_SEED, RFC_X, claims, pem, pkcs8, signing_key};
use super::tokens::Claims;

#[test]
fn what_the_attacks_start_from_is_read() {
    for key in [ed_key(), secret_key()] {
        let token = signed(&key, |_, _| ());
        assert!(is_read(&token), "{token}");
        let [head, claims, signature] = parts(&token);
        assert!(is_read(&raw(&head, &claims, &signature)));
    }
}

#[test]
fn refuses_alg_none() {
    for key in [ed_key(), secret_key()] {
        let [head, claims, signature] = parts(&signed(&key, |_, _| ()));
        for none in [
            "none", "None", "NONE", "nOnE", "", "null", "HS256 ", "hs256",
        ] {
            let name = format!("{:?}", key.algorithm);
            let forged = head.replace(&format!(r#""alg":"{name}""#), &format!(r#""alg":"{none}""#));
            assert_ne!(forged, head);
            assert!(!is_read(&raw(&forged, &claims, "")), "{forged}");
            assert!(!is_read(&raw(&forged, &claims, &signature)), "{forged}");
        }
        let without = head.replace(&format!(r#","alg":"{:?}""#, key.algorithm), "");
        assert_ne!(without, head);
        assert!(!is_read(&raw(&without, &claims, "")), "{without}");
    }
}

#[test]
fn refuses_missing_cut_and_foreign_signatures() {
    for key in [ed_key(), secret_key()] {
        let token = signed(&key, |_, _| ());
        let [head, claims, signature] = parts(&token);
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
            assert!(!is_read(&raw(&head, &claims, cut)), "{cut}");
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
            assert!(!is_read(text), "{text}");
        }
        let other = signed(&key, |_, claims| claims.admin = false);
        assert!(!is_read(&raw(&head, &claims, &parts(&other)[2])));
    }
}

#[test]
fn refuses_the_public_key_as_a_secret() {
    let key = signing_key(RFC_SEED);
    for secret in [
        key.public(),
        RFC_X.as_bytes(),
        key.id().as_bytes(),
        pem(&pkcs8(RFC_SEED)).as_bytes(),
        b"",
    ] {
        let mut forged = head(&ed_key());
        forged.alg = Algorithm::HS256;
        let with_its_id = encode(
            &forged,
            &Claims::from(claims()),
            &EncodingKey::from_secret(secret),
        )
        .unwrap();
        assert!(!is_read(&with_its_id), "{with_its_id}");
        forged.kid = Some(secret_key().id);
        let with_ours = encode(
            &forged,
            &Claims::from(claims()),
            &EncodingKey::from_secret(secret),
        )
        .unwrap();
        assert!(!is_read(&with_ours), "{with_ours}");
    }
}

#[test]
fn refuses_another_algorithm_than_that_of_the_key() {
    // Signed by our own secret, under the name of an Ed25519 key, and the other way round.
    let mut forged = head(&secret_key());
    forged.kid = Some(ed_key().id);
    assert!(!is_read(
        &encode(&forged, &Claims::from(claims()), &secret_key().signing).unwrap()
    ));
    let mut forged = head(&ed_key());
    forged.kid = Some(secret_key().id);
    assert!(!is_read(
        &encode(&forged, &Claims::from(claims()), &ed_key().signing).unwrap()
    ));
    let [head, claims, signature] = parts(&signed(&secret_key(), |_, _| ()));
    for alg in ["HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA"] {
        assert!(
            !is_read(&raw(&head.replace("HS256", alg), &claims, &signature)),
            "{alg}"
        );
    }
}

#[test]
fn refuses_the_name_of_another_key() {
    let others = Key::of_signing_key(&signing_key(OTHER_SEED));
    assert!(is_read(&signed(&others, |_, _| ())));
    assert!(!is_read(
        &signed(&others, |head, _| head.kid = Some(ed_key().id))
    ));
    let stranger = Key::of_signing_key(&signing_key([9; 32]));
    assert!(!is_read(&signed(&stranger, |_, _| ())));
    assert!(!is_read(
        &signed(&stranger, |head, _| head.kid = Some(ed_key().id))
    ));
    let stranger = Key::of_secret(b"another secret");
    assert!(!is_read(&signed(&stranger, |_, _| ())));
    assert!(!is_read(
        &signed(&stranger, |head, _| head.kid = Some(secret_key().id))
    ));
}

#[test]
fn refuses_unknown_and_missing_key_ids() {
    for key in [ed_key(), secret_key()] {
        assert!(!is_read(&signed(&key, |head, _| head.kid = None)));
        for kid in [
            "",
            "unknown",
            "../../dev/null",
            "' OR 1=1 --",
            &key.id.to_uppercase(),
            &key.id[1..],
        ] {
            assert!(
                !is_read(&signed(&key, |head, _| head.kid = Some(kid.to_owned()))),
                "{kid}"
            );
        }
    }
}

#[test]
fn refuses_keys_that_a_token_brings_along() {
    let own = Key::of_signing_key(&signing_key([9; 32]));
    let x = own.public().unwrap().x;
    let [head, claims, signature] = parts(&signed(&own, |_, _| ()));
    let brought = format!(
        r#","jwk":{{"kty":"OKP","crv":"Ed25519","x":"{x}"}},"jku":"https://evil.example/"}}"#
    );
    assert!(!is_read(&raw(
        &head.replace('}', &brought),
        &claims,
        &signature
    )));
}

//! Forged access tokens are rejected.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::KeyPair as _;
use serde_json::{Value, json};
use sojourn_tests::{Member, Server, ServerOptions, TestDatabase};

use crate::security::support::signing_keys::{key_pair, pem_file};
use crate::security::support::token_forgery::{Forgery, assert_accepted, assert_rejected};

const SECRET: &str = "kJ8s0Xv2Qm4nB7cL1zT5yR9wE3uI6oPa";

/// Runs a test against a server with an HMAC secret and one with a signing key, each with a member.
fn both(test: impl Fn(&Server, &Member, Forgery)) {
    let database = TestDatabase::sqlite();
    let folder =
        std::env::temp_dir().join(format!("sojourn-keys-{}", sojourn_tests::new_id().simple()));
    let key = pem_file(&folder, "current").display().to_string();
    for keys in [vec![], vec![("SOJOURN_SIGNING_KEYS", key.as_str())]] {
        let variables = [vec![("SOJOURN_SECRET", SECRET)], keys].concat();
        let server = Server::with(
            &database,
            ServerOptions {
                variables: &variables,
                ..ServerOptions::default()
            },
        );
        let member = server.sign_up_member("member");
        let login = server.log_in(&member.email, &member.password).expect(200);
        let token = login.at("/access_token");
        assert_accepted(&server, &token);
        test(&server, &member, Forgery::of(&token));
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn unsigned_tokens_are_rejected() {
    both(|server, _, token| {
        for none in [
            "none", "None", "NONE", "nOnE", "", "null", "HS256 ", "eddsa",
        ] {
            let unsigned = token.head("alg", none);
            for signature in ["", &token.signature] {
                assert_rejected(server, &unsigned.signed(signature));
            }
        }
        assert_rejected(server, &token.head("alg", Value::Null).signed(""));
        for signature in [
            "",
            "AA",
            "%%%",
            &URL_SAFE_NO_PAD.encode([0; 64]),
            &token.signature[1..],
        ] {
            assert_rejected(server, &token.signed(signature));
        }
        assert_rejected(server, &token.message());
        assert_rejected(
            server,
            &format!("{}.{}", token.with_original_signature(), token.signature),
        );
    });
}

#[test]
fn tokens_with_edited_claims_are_rejected() {
    both(|server, member, token| {
        let other = server.sign_up_member("other");
        let edits = [
            ("admin", json!(true)),
            ("sub", json!(other.id)),
            ("sid", json!(other.id)),
            ("jti", json!(member.id)),
            ("exp", json!(4_102_444_800_i64)),
        ];
        for (claim, value) in edits {
            assert_rejected(server, &token.claim(claim, value).with_original_signature());
        }
    });
}

#[test]
fn tokens_signed_with_the_public_key_as_hmac_secret_are_rejected() {
    both(|server, _, token| {
        let published = server
            .client()
            .get("/.well-known/jwks.json")
            .expect(200)
            .json();
        let x = published["keys"][0]["x"]
            .as_str()
            .unwrap_or("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        let raw = URL_SAFE_NO_PAD.decode(x).unwrap();
        let spki = [
            &[
                0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
            ],
            &*raw,
        ]
        .concat();
        let pem = format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            STANDARD.encode(&spki)
        );
        let kid = token.head["kid"].as_str().unwrap();
        for bytes in [
            &raw,
            x.as_bytes(),
            &spki,
            pem.as_bytes(),
            kid.as_bytes(),
            b"",
            SECRET.as_bytes(),
        ] {
            assert_rejected(server, &token.head("alg", "HS256").signed_by_bytes(bytes));
        }
    });
}

#[test]
fn tokens_signed_with_unknown_keys_are_rejected() {
    let folder =
        std::env::temp_dir().join(format!("sojourn-keys-{}", sojourn_tests::new_id().simple()));
    let theirs = key_pair(&pem_file(&folder, "theirs"));
    std::fs::remove_dir_all(folder).unwrap();
    let public = URL_SAFE_NO_PAD.encode(theirs.public_key());
    both(|server, _, token| {
        let ours = token.head("alg", "EdDSA");
        assert_rejected(server, &ours.signed_by_key_pair(&theirs));
        // A key embedded in the token, or a URL of one, is ignored.
        let own = json!({"kty": "OKP", "crv": "Ed25519", "x": public});
        assert_rejected(server, &ours.head("jwk", own).signed_by_key_pair(&theirs));
        assert_rejected(
            server,
            &ours
                .head("jku", format!("{}/jwks.json", server.url))
                .signed_by_key_pair(&theirs),
        );
        for kid in ["", "0", "../../../../dev/null", "' OR '1'='1", &public] {
            assert_rejected(server, &ours.head("kid", kid).signed_by_key_pair(&theirs));
            assert_rejected(
                server,
                &token
                    .head("alg", "HS256")
                    .head("kid", kid)
                    .signed_by_bytes(b""),
            );
        }
        assert_rejected(
            server,
            &token
                .head("alg", "HS256")
                .signed_by_secret("another secret of enough bytes, 32"),
        );
        for alg in ["HS384", "HS512", "RS256", "PS256", "ES256"] {
            assert_rejected(server, &token.head("alg", alg).with_original_signature());
        }
    });
}

#[test]
fn tokens_with_wrong_audience_issuer_or_times_are_rejected() {
    let database = TestDatabase::sqlite();
    let variables = [("SOJOURN_SECRET", SECRET)];
    let server = Server::with(
        &database,
        ServerOptions {
            variables: &variables,
            ..ServerOptions::default()
        },
    );
    let (member, other) = (
        server.sign_up_member("member"),
        server.sign_up_member("other"),
    );
    let token = Forgery::of(
        &server
            .log_in(&member.email, &member.password)
            .expect(200)
            .at("/access_token"),
    );
    // Control: a correctly signed token is accepted.
    assert_accepted(&server, &token.signed_by_secret(SECRET));
    assert_accepted(
        &server,
        &token
            .claim("jti", other.id.as_str())
            .signed_by_secret(SECRET),
    );
    let now = token.claims["iat"].as_i64().unwrap();
    for (claim, value) in [
        ("aud", json!("another-api")),
        ("aud", json!(["another-api", "a-third"])),
        ("iss", json!("somebody else")),
        ("typ", json!("refresh")),
        ("exp", json!(now - 1)),
        ("exp", json!("never")),
        ("nbf", json!(now + 3_600)),
        ("sub", json!(other.id)),
        ("sid", json!(member.id)),
    ] {
        assert_rejected(&server, &token.claim(claim, value).signed_by_secret(SECRET));
    }
    for claim in ["aud", "iss", "typ", "exp", "nbf", "sub", "sid", "jti"] {
        assert_rejected(&server, &token.without(claim).signed_by_secret(SECRET));
    }
    for kind in ["JWT", "dpop+jwt", ""] {
        assert_rejected(&server, &token.head("typ", kind).signed_by_secret(SECRET));
    }
}

#[test]
fn refresh_and_quote_tokens_are_rejected_as_access_tokens() {
    both(|server, member, token| {
        let email = format!("una-{}@test.example", sojourn_tests::new_id().simple());
        let una = json!({"email": email, "password": member.password, "first_name": "U", "last_name": "T"});
        server.client().post("/v1/users/", &una).expect(201);
        for other in [
            member.refresh_token.as_str(),
            &server.mailed_token(&email, 0),
            &member.id,
            "x.y.z",
            ".",
        ] {
            assert_rejected(server, other);
        }
        assert_rejected(server, "");
        let refresh = |token: &str| {
            server
                .client()
                .post("/v1/auth/refresh", &json!({"refresh_token": token}))
        };
        refresh(&token.with_original_signature()).expect_problem(401, "token_invalid");
        refresh("").expect_problem(401, "token_invalid");
        assert_accepted(
            server,
            &refresh(&member.refresh_token)
                .expect(200)
                .at("/access_token"),
        );
        let basic = format!(
            "Basic {}",
            STANDARD.encode(format!("{}:{}", member.email, member.password))
        );
        let basic = server.client().with_header("authorization", basic);
        basic
            .get("/v1/users/me")
            .expect_problem(401, "token_invalid");
    });
}

//! Tokens that others made, or made anew: none of them lets anybody in.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::KeyPair as _;
use serde_json::{Value, json};
use sojourn_tests::{Member, Server, Start, TestDatabase};

use super::forgery::{Forgery, refused, taken};
use super::keys::{pair, pem_file};

const SECRET: &str = "kJ8s0Xv2Qm4nB7cL1zT5yR9wE3uI6oPa";

/// A server that signs with a secret, and one that signs with a key; each with a member.
fn both(test: impl Fn(&Server, &Member, Forgery)) {
    let database = TestDatabase::sqlite();
    let folder =
        std::env::temp_dir().join(format!("sojourn-keys-{}", sojourn_tests::new_id().simple()));
    let key = pem_file(&folder, "current").display().to_string();
    for keys in [vec![], vec![("SOJOURN_SIGNING_KEYS", key.as_str())]] {
        let variables = [vec![("SOJOURN_SECRET", SECRET)], keys].concat();
        let server = Server::with(
            &database,
            Start {
                variables: &variables,
                ..Start::default()
            },
        );
        let member = server.join_as("member");
        let login = server.log_in(&member.email, &member.password).expect(200);
        let token = login.at("/access_token");
        taken(&server, &token);
        test(&server, &member, Forgery::of(&token));
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn tokens_without_a_signature_are_refused() {
    both(|server, _, token| {
        for none in [
            "none", "None", "NONE", "nOnE", "", "null", "HS256 ", "eddsa",
        ] {
            let unsigned = token.head("alg", none);
            for signature in ["", &token.signature] {
                refused(server, &unsigned.signed(signature));
            }
        }
        refused(server, &token.head("alg", Value::Null).signed(""));
        for signature in [
            "",
            "AA",
            "%%%",
            &URL_SAFE_NO_PAD.encode([0; 64]),
            &token.signature[1..],
        ] {
            refused(server, &token.signed(signature));
        }
        refused(server, &token.message());
        refused(
            server,
            &format!("{}.{}", token.as_it_was(), token.signature),
        );
    });
}

#[test]
fn edited_claims_are_refused() {
    both(|server, member, token| {
        let other = server.join_as("other");
        let edits = [
            ("admin", json!(true)),
            ("sub", json!(other.id)),
            ("sid", json!(other.id)),
            ("jti", json!(member.id)),
            ("exp", json!(4_102_444_800_i64)),
        ];
        for (claim, value) in edits {
            refused(server, &token.claim(claim, value).as_it_was());
        }
    });
}

#[test]
fn a_public_key_is_no_secret() {
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
            refused(server, &token.head("alg", "HS256").by_bytes(bytes));
        }
    });
}

#[test]
fn a_key_of_somebody_else_signs_nothing() {
    let folder =
        std::env::temp_dir().join(format!("sojourn-keys-{}", sojourn_tests::new_id().simple()));
    let theirs = pair(&pem_file(&folder, "theirs"));
    std::fs::remove_dir_all(folder).unwrap();
    let public = URL_SAFE_NO_PAD.encode(theirs.public_key());
    both(|server, _, token| {
        let ours = token.head("alg", "EdDSA");
        refused(server, &ours.by_pair(&theirs));
        // A token does not bring its own key, nor say where to fetch it.
        let own = json!({"kty": "OKP", "crv": "Ed25519", "x": public});
        refused(server, &ours.head("jwk", own).by_pair(&theirs));
        refused(
            server,
            &ours
                .head("jku", format!("{}/jwks.json", server.url))
                .by_pair(&theirs),
        );
        for kid in ["", "0", "../../../../dev/null", "' OR '1'='1", &public] {
            refused(server, &ours.head("kid", kid).by_pair(&theirs));
            refused(
                server,
                &token.head("alg", "HS256").head("kid", kid).by_bytes(b""),
            );
        }
        refused(
            server,
            &token
                .head("alg", "HS256")
                .by_secret("another secret of enough bytes, 32"),
        );
        for alg in ["HS384", "HS512", "RS256", "PS256", "ES256"] {
            refused(server, &token.head("alg", alg).as_it_was());
        }
    });
}

#[test]
fn tokens_for_others_or_for_other_times_are_refused() {
    let database = TestDatabase::sqlite();
    let variables = [("SOJOURN_SECRET", SECRET)];
    let server = Server::with(
        &database,
        Start {
            variables: &variables,
            ..Start::default()
        },
    );
    let (member, other) = (server.join_as("member"), server.join_as("other"));
    let token = Forgery::of(
        &server
            .log_in(&member.email, &member.password)
            .expect(200)
            .at("/access_token"),
    );
    // What is signed here is as good as what the server signs.
    taken(&server, &token.by_secret(SECRET));
    taken(
        &server,
        &token.claim("jti", other.id.as_str()).by_secret(SECRET),
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
        refused(&server, &token.claim(claim, value).by_secret(SECRET));
    }
    for claim in ["aud", "iss", "typ", "exp", "nbf", "sub", "sid", "jti"] {
        refused(&server, &token.without(claim).by_secret(SECRET));
    }
    for kind in ["JWT", "dpop+jwt", ""] {
        refused(&server, &token.head("typ", kind).by_secret(SECRET));
    }
}

#[test]
fn other_tokens_are_no_access_tokens() {
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
            refused(server, other);
        }
        refused(server, "");
        let refresh = |token: &str| {
            server
                .client()
                .post("/v1/auth/refresh", &json!({"refresh_token": token}))
        };
        refresh(&token.as_it_was()).expect_problem(401, "token_invalid");
        refresh("").expect_problem(401, "token_invalid");
        taken(
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

//! Rotation of secrets and keys, and publication of public keys.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{TimeDelta, Utc};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};
use sojourn_tests::{Server, ServerOptions, TestClock, TestDatabase};

use crate::security::support::authenticator::enrol_second_factor;
use crate::security::support::signing_keys::pem_file;
use crate::security::support::token_forgery::{Forgery, assert_accepted, assert_rejected};

const OLD: &str = "kJ8s0Xv2Qm4nB7cL1zT5yR9wE3uI6oPa";
const NEW: &str = "aP6oI3uE9wR5yT1zL7cB4nQm2vX0s8Jk";

/// A folder that is removed when dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

fn keys() -> (Folder, String, String) {
    let folder =
        std::env::temp_dir().join(format!("sojourn-keys-{}", sojourn_tests::new_id().simple()));
    let (old, new) = (pem_file(&folder, "old"), pem_file(&folder, "new"));
    (
        Folder(folder),
        old.display().to_string(),
        new.display().to_string(),
    )
}

fn started(database: &TestDatabase, secrets: &str, keys: &str) -> Server {
    let mut variables = vec![("SOJOURN_SECRET", secrets)];
    if !keys.is_empty() {
        variables.push(("SOJOURN_SIGNING_KEYS", keys));
    }
    Server::with(
        database,
        ServerOptions {
            variables: &variables,
            ..ServerOptions::default()
        },
    )
}

fn refresh(server: &Server, token: &str) -> (String, String) {
    let next = server
        .client()
        .post("/v1/auth/refresh", &json!({"refresh_token": token}))
        .expect(200);
    (next.at("/access_token"), next.at("/refresh_token"))
}

/// Restarts with each of the settings: tokens signed before stay valid until the last settings, which no longer
/// contain the first key.
fn rotated(database: &TestDatabase, settings: &[(&str, &str)]) {
    let first = started(database, settings[0].0, settings[0].1);
    let member = first.sign_up_member("member");
    let (oldest, mut refresh_token) = refresh(&first, &member.refresh_token);
    first.stop();
    let (last, between) = settings[1..].split_last().unwrap();
    for (secrets, keys) in between {
        let server = started(database, secrets, keys);
        assert_accepted(&server, &oldest);
        let (access, next) = refresh(&server, &refresh_token);
        assert_accepted(&server, &access);
        refresh_token = next;
    }
    let server = started(database, last.0, last.1);
    assert_rejected(&server, &oldest);
    // Sessions survive even the last step.
    assert_accepted(&server, &refresh(&server, &refresh_token).0);
}

#[test]
fn secret_rotation_keeps_sessions() {
    let both = [format!("{OLD},{NEW}"), format!("{NEW}, {OLD}")];
    rotated(
        &TestDatabase::sqlite(),
        &[(OLD, ""), (&both[0], ""), (&both[1], ""), (NEW, "")],
    );
}

#[test]
fn signing_key_rotation_keeps_sessions() {
    let (_folder, old, new) = keys();
    let both = [format!("{old},{new}"), format!("{new},{old}")];
    rotated(
        &TestDatabase::sqlite(),
        &[(OLD, &old), (OLD, &both[0]), (OLD, &both[1]), (OLD, &new)],
    );
    // From a secret to a key, together with a new secret.
    let both = format!("{NEW},{OLD}");
    rotated(
        &TestDatabase::sqlite(),
        &[(OLD, ""), (OLD, &new), (&both, &new), (NEW, &new)],
    );
}

#[test]
fn second_factors_survive_secret_rotation() {
    let database = TestDatabase::sqlite();
    let server = started(&database, OLD, "");
    let member = server.sign_up_member("member");
    let (app, recovery) = enrol_second_factor(&member.client);
    server.stop();
    let log_in = |secrets: &str, hours: i64, code: Option<&str>| {
        let (clock, variables) = (
            TestClock::new(TimeDelta::hours(hours), 1),
            [("SOJOURN_SECRET", secrets)],
        );
        let server = Server::with(
            &database,
            ServerOptions {
                clock: Some(clock),
                variables: &variables,
                ..ServerOptions::default()
            },
        );
        let shown = app.code(Utc::now() + TimeDelta::hours(hours));
        let code = code.unwrap_or(&shown);
        let body = json!({"email": member.email, "password": member.password, "totp": code});
        server.client().post("/v1/auth/login", &body)
    };
    log_in(&format!("{NEW},{OLD}"), 1, None).expect(200);
    log_in(NEW, 2, None).expect_problem(401, "totp_invalid");
    log_in(NEW, 3, Some(&recovery[0])).expect(200);
}

#[test]
fn published_keys_verify_access_tokens() {
    let database = TestDatabase::sqlite();
    let (_folder, old, new) = keys();
    let published = |keys: &str| {
        let server = started(&database, OLD, keys);
        let answer = server.client().get("/.well-known/jwks.json").expect(200);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert!(
            answer.header("cache-control").unwrap().contains("max-age"),
            "{answer:?}"
        );
        let member = server.sign_up_member("member");
        let token = server
            .log_in(&member.email, &member.password)
            .expect(200)
            .at("/access_token");
        (
            answer.json()["keys"].as_array().unwrap().clone(),
            Forgery::of(&token),
        )
    };
    let good = |key: &Value, token: &Forgery| {
        let x = URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap();
        let signature = URL_SAFE_NO_PAD.decode(&token.signature).unwrap();
        UnparsedPublicKey::new(&ED25519, x)
            .verify(token.message().as_bytes(), &signature)
            .is_ok()
    };
    assert_eq!(published("").0, [] as [Value; 0]);
    let (before, by_old) = published(&old);
    let (both, by_new) = published(&format!("{new},{old}"));
    assert_eq!((before.len(), both.len()), (1, 2));
    assert_eq!(both[1], before[0]);
    for key in &both {
        let mut members: Vec<_> = key
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        members.sort_unstable();
        assert_eq!(
            members,
            ["alg", "crv", "kid", "kty", "use", "x"],
            "nothing private is published"
        );
    }
    assert_eq!(
        (by_old.head["alg"].as_str(), &by_old.head["kid"]),
        (Some("EdDSA"), &both[1]["kid"])
    );
    assert_eq!(by_new.head["kid"], both[0]["kid"]);
    assert!(good(&both[1], &by_old) && good(&both[0], &by_new));
    assert!(!good(&both[0], &by_old) && !good(&both[1], &by_new));
    assert!(!good(&both[0], &by_new.claim("admin", true)));
}

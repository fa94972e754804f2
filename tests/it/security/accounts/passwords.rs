//! Password rules (NIST SP 800-63B) and storage.

use serde_json::json;
use sojourn_tests::{Answer, PASSWORD, Server, TestDatabase};

use crate::security::support::raw_tables::{query_text, tables_containing};

/// The error codes of the password field; empty when it was accepted.
fn violation_codes(answer: &Answer) -> Vec<String> {
    let errors = answer.json()["errors"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    errors
        .iter()
        .map(|error| error["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn passwords_are_checked_for_length_and_common_values_only() {
    let server = Server::start(&TestDatabase::sqlite());
    let anna = server.sign_up_member("anna");
    let register = |password: &str| {
        let body = json!({"email": "wilhelmina@test.example", "password": password, "first_name": "W", "last_name": "T"});
        violation_codes(&server.client().post("/v1/users/", &body))
    };
    let reset = |password: &str| {
        let body = json!({"token": "x".repeat(43), "new_password": password});
        violation_codes(&server.client().post("/v1/auth/password/reset", &body))
    };
    let change = |password: &str| {
        let body = json!({"current_password": "none of my passwords", "new_password": password});
        violation_codes(&anna.client.post("/v1/auth/password/change", &body))
    };
    for (password, code) in [
        ("elevenchars", "too_short"),
        (&*"ü".repeat(11), "too_short"),
        (&*"lantern!".repeat(17), "too_long"),
        ("password1234", "too_common"),
        ("PASSWORD1234", "too_common"),
        ("abcabcabcabc", "too_common"),
        ("123456789012", "too_common"),
    ] {
        assert_eq!(register(password), [code], "{password}");
        assert_eq!(reset(password), [code], "{password}");
        assert_eq!(change(password), [code], "{password}");
    }
    assert_eq!(register("my name is wilhelmina"), ["contains_email"]);
    // No composition rules; spaces and any script; 12 to 128 characters.
    for good in [
        "only small letters",
        "шесть тихих фонарей",
        "🏮🏮🕯🏮🕯🕯🏮🏮🕯🏮🕯🏮🕯",
        "        a b c d        ",
    ] {
        assert_eq!(register(good), [] as [&str; 0], "{good}");
        assert_eq!(change(good), ["wrong_password"], "{good}");
    }
    assert_eq!(register(&"lantern!".repeat(16)), [] as [&str; 0]);
}

#[test]
fn passwords_are_compared_in_full() {
    let server = Server::start(&TestDatabase::sqlite());
    let long = "lantern!".repeat(16);
    for (name, password) in [
        ("long", long.as_str()),
        ("spaced", "  шесть тихих фонарей  "),
    ] {
        let member = server.sign_up_member(name);
        let body = json!({"current_password": PASSWORD, "new_password": password});
        member
            .client
            .post("/v1/auth/password/change", &body)
            .expect(204);
        server.log_in(&member.email, password).expect(200);
        let cut: String = password
            .chars()
            .take(password.chars().count() - 1)
            .collect();
        server.log_in(&member.email, &cut).expect(401);
        server
            .log_in(&member.email, &password.to_uppercase())
            .expect(401);
    }
}

#[test]
fn passwords_are_hashed_with_argon2id_at_owasp_parameters() {
    for database in sojourn_tests::databases() {
        let server = Server::start(&database);
        for name in ["anna", "ben"] {
            server.sign_up_member(name);
        }
        let hashes = query_text(&database, "SELECT password_hash AS line FROM users");
        assert_eq!(hashes.len(), 2);
        assert!(
            hashes
                .iter()
                .all(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")),
            "{hashes:?}"
        );
        // Each hash has its own salt.
        let salts: Vec<_> = hashes
            .iter()
            .map(|hash| hash.split('$').nth(4).unwrap().to_owned())
            .collect();
        assert!(salts[0] != salts[1] && salts[0].len() >= 22, "{salts:?}");
        assert_eq!(
            tables_containing(&database, PASSWORD),
            [] as [&str; 0],
            "{}",
            database.name
        );
    }
}

//! Attacks on an account do not lock out its owner.

use serde_json::json;
use sojourn_tests::{PASSWORD, Server, TestDatabase, databases};

use super::throttling::{from, limited, log_in};

const WRONG: &str = "five loud lanterns";

/// Guesses from changing addresses until all unknown addresses are locked out. The owner's logins count as well.
fn attack(server: &Server, email: &str) {
    let refused =
        (0..70).map(|n| log_in(&from(server, &format!("203.0.113.{n}")), email, WRONG).status);
    let refused: Vec<_> = refused.collect();
    let guesses = refused.iter().filter(|status| **status == 401).count();
    assert!(
        (48..60).contains(&guesses) && refused.last() == Some(&429),
        "{refused:?}"
    );
}

#[test]
fn account_lockout_does_not_lock_out_known_addresses() {
    for database in databases() {
        let server = limited(&database);
        let owner = server.sign_up_member("owner");
        attack(&server, &owner.email);
        // Unknown addresses have to wait, whatever the password.
        let stranger = from(&server, "198.51.100.1");
        log_in(&stranger, &owner.email, PASSWORD).expect_problem(429, "rate_limited");
        // At a known address the owner can log in, with the right password only.
        server
            .log_in(&owner.email, WRONG)
            .expect_problem(401, "bad_credentials");
        server.log_in(&owner.email, PASSWORD).expect(200);
        // Existing sessions stay valid.
        let tokens = json!({"refresh_token": owner.refresh_token});
        server
            .client()
            .post("/v1/auth/refresh", &tokens)
            .expect(200);
    }
}

#[test]
fn password_reset_bypasses_account_lockout() {
    for database in databases() {
        let server = limited(&database);
        let owner = server.sign_up_member("owner");
        let abroad = from(&server, "198.51.100.1");
        attack(&server, &owner.email);
        log_in(&abroad, &owner.email, PASSWORD).expect(429);
        abroad
            .post("/v1/auth/password/forgot", &json!({"email": owner.email}))
            .expect(202);
        let token = server.mailed_token(&owner.email, 1);
        let new = "six more quiet lanterns";
        abroad
            .post(
                "/v1/auth/password/reset",
                &json!({"token": token, "new_password": new}),
            )
            .expect(204);
        log_in(&abroad, &owner.email, new).expect(200);
        log_in(&from(&server, "203.0.113.1"), &owner.email, new)
            .expect_problem(429, "rate_limited");
    }
}

#[test]
fn known_ipv6_addresses_cover_the_whole_network() {
    let server = limited(&TestDatabase::sqlite());
    let owner = server.sign_up_member("owner");
    log_in(&from(&server, "2001:db8:7:1::1"), &owner.email, PASSWORD).expect(200);
    attack(&server, &owner.email);
    // The address of a device changes daily, its network does not.
    log_in(
        &from(&server, "2001:db8:7:1:aaaa:bbbb:cccc:dddd"),
        &owner.email,
        PASSWORD,
    )
    .expect(200);
    log_in(&from(&server, "2001:db8:7:2::1"), &owner.email, PASSWORD)
        .expect_problem(429, "rate_limited");
}

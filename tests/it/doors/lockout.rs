//! Who attacks an account does not lock its owner out.

use serde_json::json;
use sojourn_tests::{PASSWORD, Server, TestDatabase, databases};

use super::throttling::{from, limited, log_in};

const WRONG: &str = "five loud lanterns";

/// Guesses from one address after the other until nobody may any more. What the owner logged in with counts too.
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
fn an_attack_from_many_networks_stops_and_its_owner_still_gets_in() {
    for database in databases() {
        let server = limited(&database);
        let owner = server.join_as("owner");
        attack(&server, &owner.email);
        // Whoever comes from where the owner is not logged in has to wait, whatever the password.
        let stranger = from(&server, "198.51.100.1");
        log_in(&stranger, &owner.email, PASSWORD).expect_problem(429, "rate_limited");
        // From where they are logged in, the owner is let in, though not without a password.
        server
            .log_in(&owner.email, WRONG)
            .expect_problem(401, "bad_credentials");
        server.log_in(&owner.email, PASSWORD).expect(200);
        // Their sessions go on.
        let tokens = json!({"refresh_token": owner.refresh_token});
        server
            .client()
            .post("/v1/auth/refresh", &tokens)
            .expect(200);
    }
}

#[test]
fn during_an_attack_a_new_password_is_set_by_mail_and_lets_in() {
    for database in databases() {
        let server = limited(&database);
        let owner = server.join_as("owner");
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
fn an_owner_is_known_in_the_whole_network_of_a_household() {
    let server = limited(&TestDatabase::sqlite());
    let owner = server.join_as("owner");
    log_in(&from(&server, "2001:db8:7:1::1"), &owner.email, PASSWORD).expect(200);
    attack(&server, &owner.email);
    // The address of a device changes from day to day, its network does not.
    log_in(
        &from(&server, "2001:db8:7:1:aaaa:bbbb:cccc:dddd"),
        &owner.email,
        PASSWORD,
    )
    .expect(200);
    log_in(&from(&server, "2001:db8:7:2::1"), &owner.email, PASSWORD)
        .expect_problem(429, "rate_limited");
}

//! Refresh tokens: single use; reuse ends the session.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::json;
use sojourn_tests::{Answer, Server, databases};

use crate::security::support::clock::{concurrently, server_ahead};
use crate::security::support::raw_tables::{sha256, tables_containing};
use crate::security::support::token_forgery::{assert_accepted, assert_rejected};

fn refresh(server: &Server, token: &str) -> Answer {
    server
        .client()
        .post("/v1/auth/refresh", &json!({"refresh_token": token}))
}

#[test]
fn refresh_token_reuse_ends_the_session() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.sign_up_member("anna");
        let other = server.log_in_as(&anna.email, &anna.password);
        let first = refresh(&server, &anna.refresh_token).expect(200);
        assert_eq!(
            (first.at("/token_type"), first.at("/expires_in")),
            ("Bearer".into(), "900".into())
        );
        let second = refresh(&server, &first.at("/refresh_token")).expect(200);
        let tokens = [
            anna.refresh_token.clone(),
            first.at("/refresh_token"),
            second.at("/refresh_token"),
        ];
        assert!(
            tokens.iter().all(|token| token.len() == 43)
                && tokens[0] != tokens[1]
                && tokens[1] != tokens[2]
        );
        // An earlier access token stays valid until it expires.
        anna.client.get("/v1/users/me").expect(200);
        for token in &tokens {
            assert_eq!(
                tables_containing(&database, token),
                [] as [&str; 0],
                "{}",
                database.name
            );
            assert_eq!(
                tables_containing(&database, &sha256(token)),
                ["refresh_tokens"],
                "{}",
                database.name
            );
        }
        // Repeated within seconds, it is answered with the same successor.
        let again = refresh(&server, &anna.refresh_token).expect(200);
        assert_eq!(again.at("/refresh_token"), tokens[1]);
        // Later reuse of an old token ends the session for both holders.
        let later = server_ahead(&database, &server, TimeDelta::seconds(11));
        refresh(&later, &anna.refresh_token).expect_problem(401, "token_invalid");
        later.stop();
        for token in &tokens {
            refresh(&server, token).expect_problem(401, "token_invalid");
        }
        assert_rejected(&server, &second.at("/access_token"));
        anna.client
            .get("/v1/users/me")
            .expect_problem(401, "token_invalid");
        // Other sessions are not affected.
        other.client.get("/v1/users/me").expect(200);
        refresh(&server, &other.refresh_token).expect(200);
    }
}

#[test]
fn concurrent_refreshes_get_the_same_successor() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.sign_up_member("anna");
        for _ in 0..6 {
            let session = server.log_in_as(&anna.email, &anna.password);
            let answers = concurrently(8, || refresh(&server, &session.refresh_token));
            let successors: BTreeSet<_> = answers
                .into_iter()
                .map(|answer| {
                    let answer = answer.expect(200);
                    assert_accepted(&server, &answer.at("/access_token"));
                    answer.at("/refresh_token")
                })
                .collect();
            assert_eq!(successors.len(), 1, "{}", database.name);
            for successor in successors {
                refresh(&server, &successor).expect(200);
            }
        }
        anna.client.get("/v1/users/me").expect(200);
    }
}

#[test]
fn a_refresh_whose_answer_was_lost_is_repeated_after_a_restart() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.sign_up_member("anna");
        let lost = refresh(&server, &anna.refresh_token).expect(200);
        let restarted = server_ahead(&database, &server, TimeDelta::seconds(5));
        let again = refresh(&restarted, &anna.refresh_token).expect(200);
        assert_eq!(again.at("/refresh_token"), lost.at("/refresh_token"));
        refresh(&restarted, &again.at("/refresh_token")).expect(200);
    }
}

#[test]
fn access_and_refresh_tokens_expire() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.sign_up_member("anna");
        let access = server
            .log_in(&anna.email, &anna.password)
            .expect(200)
            .at("/access_token");
        assert_accepted(&server, &access);
        let minutes = server_ahead(&database, &server, TimeDelta::minutes(14));
        assert_accepted(&minutes, &access);
        minutes.stop();
        let minutes = server_ahead(&database, &server, TimeDelta::minutes(15));
        assert_rejected(&minutes, &access);
        let next = refresh(&minutes, &anna.refresh_token).expect(200);
        assert_accepted(&minutes, &next.at("/access_token"));
        minutes.stop();
        let days = server_ahead(&database, &server, TimeDelta::days(31));
        refresh(&days, &next.at("/refresh_token")).expect_problem(401, "token_invalid");
        days.log_in(&anna.email, &anna.password).expect(200);
    }
}

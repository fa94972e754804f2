//! Refresh tokens: good once, and a second use ends the session.

use chrono::TimeDelta;
use serde_json::json;
use sojourn_tests::{Answer, Server, databases};

use super::forgery::{refused, taken};
use super::later::{at_once, later};
use super::tables::{sha256, traces};

fn refresh(server: &Server, token: &str) -> Answer {
    server
        .client()
        .post("/v1/auth/refresh", &json!({"refresh_token": token}))
}

#[test]
fn a_refresh_token_is_good_once_and_a_copy_ends_the_session() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.join_as("anna");
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
        // An access token that was given before goes on until it expires.
        anna.client.get("/v1/users/me").expect(200);
        for token in &tokens {
            assert_eq!(
                traces(&database, token),
                [] as [&str; 0],
                "{}",
                database.name
            );
            assert_eq!(
                traces(&database, &sha256(token)),
                ["refresh_tokens"],
                "{}",
                database.name
            );
        }
        // Somebody has a copy of an old one: neither they nor the owner go on with this session.
        refresh(&server, &anna.refresh_token).expect_problem(401, "token_invalid");
        for token in &tokens {
            refresh(&server, token).expect_problem(401, "token_invalid");
        }
        refused(&server, &second.at("/access_token"));
        anna.client
            .get("/v1/users/me")
            .expect_problem(401, "token_invalid");
        // Other sessions are not concerned.
        other.client.get("/v1/users/me").expect(200);
        refresh(&server, &other.refresh_token).expect(200);
    }
}

#[test]
fn of_many_who_use_one_refresh_token_at_once_none_keeps_a_session() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.join_as("anna");
        for _ in 0..6 {
            let session = server.log_in_as(&anna.email, &anna.password);
            let answers = at_once(8, || refresh(&server, &session.refresh_token));
            let won: Vec<_> = answers
                .iter()
                .filter(|answer| answer.status == 200)
                .collect();
            let lost = answers.iter().filter(|answer| answer.status == 401).count();
            assert!(
                won.len() <= 1 && won.len() + lost == 8,
                "{answers:#?} on {}",
                database.name
            );
            session
                .client
                .get("/v1/users/me")
                .expect_problem(401, "token_invalid");
            for winner in won {
                refused(&server, &winner.at("/access_token"));
                refresh(&server, &winner.at("/refresh_token")).expect_problem(401, "token_invalid");
            }
        }
        anna.client.get("/v1/users/me").expect(200);
    }
}

#[test]
fn tokens_expire() {
    for database in databases() {
        let server = Server::start(&database);
        let anna = server.join_as("anna");
        let access = server
            .log_in(&anna.email, &anna.password)
            .expect(200)
            .at("/access_token");
        taken(&server, &access);
        let minutes = later(&database, &server, TimeDelta::minutes(14));
        taken(&minutes, &access);
        minutes.stop();
        let minutes = later(&database, &server, TimeDelta::minutes(15));
        refused(&minutes, &access);
        let next = refresh(&minutes, &anna.refresh_token).expect(200);
        taken(&minutes, &next.at("/access_token"));
        minutes.stop();
        let days = later(&database, &server, TimeDelta::days(31));
        refresh(&days, &next.at("/refresh_token")).expect_problem(401, "token_invalid");
        days.log_in(&anna.email, &anna.password).expect(200);
    }
}

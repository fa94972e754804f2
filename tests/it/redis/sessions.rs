//! Who is logged in on one server is on the other, until they are not.

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, PASSWORD};

use super::pair::{PATIENT, Pair};

fn me(client: &Client) -> Answer {
    client.get("/v1/users/me")
}

/// Used on both servers, so that both have seen it and Redis keeps it.
fn used_on_both(pair: &Pair, client: &Client) -> [Client; 2] {
    let both = pair.both(client);
    both.iter().cycle().take(4).for_each(|client| {
        me(client).expect(200);
    });
    both
}

#[test]
fn who_logs_in_on_one_server_and_out_on_the_other_is_out_on_both() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let operator = pair.one.operator();
    let [here, there] = pair.servers();
    for (inside, outside) in [(here, there), (there, here)] {
        let member = inside.join_as("ana");
        let hits = || Pair::counted(outside, &operator, "sessions", "hits");
        let before = hits();
        let [one, other] = used_on_both(&pair, &member.client);
        assert!(
            hits() > before + 1,
            "the session is not looked up in Redis: this shows nothing"
        );
        member
            .client
            .at(&outside.url)
            .post("/v1/auth/logout", &Value::Null)
            .expect(204);
        for client in [&one, &other] {
            me(client).expect_problem(401, "token_invalid");
        }
        let refresh = json!({"refresh_token": member.refresh_token});
        for server in [here, there] {
            server
                .client()
                .post("/v1/auth/refresh", &refresh)
                .expect(401);
        }
    }
}

#[test]
fn a_session_that_is_ended_from_another_device_is_over_everywhere() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let phone = pair.one.join_as("ana");
    let laptop = pair.other.log_in_as(&phone.email, PASSWORD);
    let both = used_on_both(&pair, &phone.client);
    let sessions = laptop.client.get("/v1/auth/sessions").expect(200).json();
    let sessions = sessions["data"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let of_phone = sessions
        .iter()
        .find(|session| session["current"] == false)
        .unwrap();
    let path = format!("/v1/auth/sessions/{}", of_phone["id"].as_str().unwrap());
    laptop.client.delete(&path).expect(204);
    for client in &both {
        me(client).expect_problem(401, "token_invalid");
    }
    used_on_both(&pair, &laptop.client);
}

#[test]
fn a_new_password_ends_the_other_sessions_on_every_server() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let phone = pair.one.join_as("ana");
    let laptop = pair.other.log_in_as(&phone.email, PASSWORD);
    let both = used_on_both(&pair, &phone.client);
    let change = json!({"current_password": PASSWORD, "new_password": "five quiet lanterns"});
    laptop
        .client
        .post("/v1/auth/password/change", &change)
        .expect(204);
    for client in &both {
        me(client).expect_problem(401, "token_invalid");
    }
    used_on_both(&pair, &laptop.client);
    pair.one.log_in(&phone.email, PASSWORD).expect(401);
    pair.one
        .log_in(&phone.email, "five quiet lanterns")
        .expect(200);
}

#[test]
fn a_renewed_session_goes_on_and_a_stolen_one_ends_on_both() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let member = pair.one.join_as("ana");
    let both = used_on_both(&pair, &member.client);
    let refresh = json!({"refresh_token": member.refresh_token});
    let next = pair
        .other
        .client()
        .post("/v1/auth/refresh", &refresh)
        .expect(200);
    used_on_both(
        &pair,
        &pair.one.client().with_token(next.at("/access_token")),
    );
    used_on_both(&pair, &member.client);
    pair.one
        .client()
        .post("/v1/auth/refresh", &refresh)
        .expect(401);
    for client in &both {
        me(client).expect_problem(401, "token_invalid");
    }
    let next = json!({"refresh_token": next.at("/refresh_token")});
    pair.other
        .client()
        .post("/v1/auth/refresh", &next)
        .expect(401);
}

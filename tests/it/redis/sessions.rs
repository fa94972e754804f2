//! Sessions are shared between servers, and so is their end.

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, PASSWORD};

use super::support::cluster::{Cluster, PATIENT};

fn me(client: &Client) -> Answer {
    client.get("/v1/users/me")
}

/// Uses the session on both servers, so that it is cached.
fn used_on_both(cluster: &Cluster, client: &Client) -> [Client; 2] {
    let both = cluster.both(client);
    both.iter().cycle().take(4).for_each(|client| {
        me(client).expect(200);
    });
    both
}

#[test]
fn logout_on_one_server_ends_the_session_on_the_other() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let operator = cluster.one.operator();
    let [here, there] = cluster.servers();
    for (inside, outside) in [(here, there), (there, here)] {
        let member = inside.sign_up_member("ana");
        let hits = || Cluster::counted(outside, &operator, "sessions", "hits");
        let before = hits();
        let [one, other] = used_on_both(&cluster, &member.client);
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
fn revoked_session_ends_on_every_server() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let phone = cluster.one.sign_up_member("ana");
    let laptop = cluster.other.log_in_as(&phone.email, PASSWORD);
    let both = used_on_both(&cluster, &phone.client);
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
    used_on_both(&cluster, &laptop.client);
}

#[test]
fn password_change_ends_other_sessions_on_every_server() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let phone = cluster.one.sign_up_member("ana");
    let laptop = cluster.other.log_in_as(&phone.email, PASSWORD);
    let both = used_on_both(&cluster, &phone.client);
    let change = json!({"current_password": PASSWORD, "new_password": "five quiet lanterns"});
    laptop
        .client
        .post("/v1/auth/password/change", &change)
        .expect(204);
    for client in &both {
        me(client).expect_problem(401, "token_invalid");
    }
    used_on_both(&cluster, &laptop.client);
    cluster.one.log_in(&phone.email, PASSWORD).expect(401);
    cluster
        .one
        .log_in(&phone.email, "five quiet lanterns")
        .expect(200);
}

#[test]
fn refreshed_session_continues_and_reused_one_ends_on_both_servers() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let member = cluster.one.sign_up_member("ana");
    let both = used_on_both(&cluster, &member.client);
    let refresh = json!({"refresh_token": member.refresh_token});
    let next = cluster
        .other
        .client()
        .post("/v1/auth/refresh", &refresh)
        .expect(200);
    used_on_both(
        &cluster,
        &cluster.one.client().with_token(next.at("/access_token")),
    );
    used_on_both(&cluster, &member.client);
    // For ten seconds both servers answer with the same successor.
    let again = cluster
        .one
        .client()
        .post("/v1/auth/refresh", &refresh)
        .expect(200);
    assert_eq!(again.at("/refresh_token"), next.at("/refresh_token"));
    used_on_both(&cluster, &member.client);
    std::thread::sleep(std::time::Duration::from_secs(11));
    cluster
        .one
        .client()
        .post("/v1/auth/refresh", &refresh)
        .expect(401);
    for client in &both {
        me(client).expect_problem(401, "token_invalid");
    }
    let next = json!({"refresh_token": next.at("/refresh_token")});
    cluster
        .other
        .client()
        .post("/v1/auth/refresh", &next)
        .expect(401);
}

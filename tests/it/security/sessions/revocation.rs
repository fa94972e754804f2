//! Sessions end immediately: by their owner, with the password, or by an operator.

use serde_json::{Value, json};
use sojourn_tests::{Member, PASSWORD, Server, TestDatabase, databases};

/// Fails unless access and refresh token are rejected.
fn assert_ended(server: &Server, member: &Member) {
    member
        .client
        .get("/v1/users/me")
        .expect_problem(401, "token_invalid");
    let refresh = server.client().post(
        "/v1/auth/refresh",
        &json!({"refresh_token": member.refresh_token}),
    );
    refresh.expect_problem(401, "token_invalid");
}

/// Fails unless the session is active.
fn assert_active(member: &Member) {
    member.client.get("/v1/users/me").expect(200);
}

fn sessions(member: &Member) -> Vec<Value> {
    member.client.get("/v1/auth/sessions").expect(200).json()["data"]
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn logout_ends_one_session_immediately() {
    for database in databases() {
        let server = Server::start(&database);
        let here = server.sign_up_member("anna");
        let there = server.log_in_as(&here.email, &here.password);
        here.client
            .post("/v1/auth/logout", &Value::Null)
            .expect(204);
        assert_ended(&server, &here);
        assert_active(&there);
    }
}

#[test]
fn sessions_are_listed_and_revoked_by_their_owner_only() {
    let server = Server::start(&TestDatabase::sqlite());
    let (anna, ben) = (server.sign_up_member("anna"), server.sign_up_member("ben"));
    let phone = server.client().with_header("user-agent", "Lantern Phone 7");
    let login = phone
        .post(
            "/v1/auth/login",
            &json!({"email": anna.email, "password": PASSWORD}),
        )
        .expect(200);
    let phone = Member {
        client: phone.with_token(login.at("/access_token")),
        refresh_token: login.at("/refresh_token"),
        ..anna.clone()
    };
    let listed = sessions(&anna);
    assert_eq!(listed.len(), 2);
    let other = listed
        .iter()
        .find(|session| session["current"] == false)
        .unwrap();
    assert_eq!(
        (&other["user_agent"], &other["address"]),
        (&json!("Lantern Phone 7"), &json!("127.0.0.1"))
    );
    let path = format!("/v1/auth/sessions/{}", other["id"].as_str().unwrap());
    ben.client.delete(&path).expect_problem(404, "not_found");
    assert_active(&phone);
    anna.client.delete(&path).expect(204);
    assert_ended(&server, &phone);
    anna.client.delete(&path).expect_problem(404, "not_found");
    assert_eq!(sessions(&anna).len(), 1);
    assert_active(&anna);
    assert_eq!(sessions(&ben).len(), 1);
}

#[test]
fn password_change_ends_all_other_sessions() {
    for database in databases() {
        let server = Server::start(&database);
        let (here, ben) = (server.sign_up_member("anna"), server.sign_up_member("ben"));
        let there = server.log_in_as(&here.email, PASSWORD);
        let change = |current: &str| {
            let body =
                json!({"current_password": current, "new_password": "six more quiet lanterns"});
            here.client.post("/v1/auth/password/change", &body)
        };
        let wrong = change("five loud lanterns").expect(422);
        assert!(wrong.text.contains("wrong_password"), "{}", wrong.text);
        assert_active(&there);
        change(PASSWORD).expect(204);
        assert_ended(&server, &there);
        assert_active(&here);
        assert_active(&ben);
        server
            .client()
            .post(
                "/v1/auth/refresh",
                &json!({"refresh_token": here.refresh_token}),
            )
            .expect(200);
        server
            .log_in(&here.email, PASSWORD)
            .expect_problem(401, "bad_credentials");
        server
            .log_in(&here.email, "six more quiet lanterns")
            .expect(200);
        assert!(
            server
                .mail_after(&here.email, 1)
                .contains("Your password was changed")
        );
    }
}

#[test]
fn password_reset_ends_all_sessions() {
    for database in databases() {
        let server = Server::start(&database);
        let (here, ben) = (server.sign_up_member("anna"), server.sign_up_member("ben"));
        let there = server.log_in_as(&here.email, PASSWORD);
        server
            .client()
            .post("/v1/auth/password/forgot", &json!({"email": here.email}))
            .expect(202);
        let token = server.mailed_token(&here.email, 1);
        assert_active(&there);
        let body = json!({"token": token, "new_password": "six more quiet lanterns"});
        server
            .client()
            .post("/v1/auth/password/reset", &body)
            .expect(204);
        assert_ended(&server, &here);
        assert_ended(&server, &there);
        assert_active(&ben);
        server
            .log_in(&here.email, PASSWORD)
            .expect_problem(401, "bad_credentials");
        server
            .log_in(&here.email, "six more quiet lanterns")
            .expect(200);
        assert!(
            server
                .mail_after(&here.email, 2)
                .contains("Your password was changed")
        );
    }
}

#[test]
fn suspension_and_role_change_end_sessions_immediately() {
    for database in databases() {
        let server = Server::start(&database);
        let (operator, anna, ben) = (
            server.operator(),
            server.sign_up_member("anna"),
            server.sign_up_member("ben"),
        );
        let account = |member: &Member, what: &str| format!("/v1/admin/users/{}{what}", member.id);
        let reason = json!({"reason": "a test"});
        operator
            .post(&account(&anna, "/suspend"), &reason)
            .expect(200);
        assert_ended(&server, &anna);
        server
            .log_in(&anna.email, PASSWORD)
            .expect_problem(401, "bad_credentials");
        assert_active(&ben);
        operator
            .post(&account(&anna, "/reinstate"), &reason)
            .expect(200);
        assert_ended(&server, &anna);
        server.log_in(&anna.email, PASSWORD).expect(200);

        operator
            .patch(&account(&ben, ""), &json!({"role": "admin"}))
            .expect(200);
        assert_ended(&server, &ben);
        let promoted = server.log_in_as(&ben.email, PASSWORD);
        promoted.client.get("/v1/users/").expect(200);
        operator
            .patch(&account(&ben, ""), &json!({"role": "member"}))
            .expect(200);
        // The role in the old token no longer counts.
        assert_ended(&server, &promoted);
        server
            .log_in_as(&ben.email, PASSWORD)
            .client
            .get("/v1/users/")
            .expect_problem(403, "forbidden");
    }
}

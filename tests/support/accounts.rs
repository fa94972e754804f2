//! Accounts on a server.

use serde_json::json;
use sojourn_application::user::create_admin;
use uuid::Uuid;

use crate::{Answer, Client, Server};

/// Initial password of every account.
pub const PASSWORD: &str = "four quiet lanterns";

/// An account, logged in.
#[derive(Clone)]
pub struct Member {
    pub client: Client,
    pub id: String,
    pub email: String,
    pub password: String,
    pub refresh_token: String,
}

impl Server {
    /// Registers an account, verifies its address and logs in.
    pub fn sign_up(&self, name: &str) -> Client {
        self.sign_up_member(name).client
    }

    /// Like [`Self::sign_up`], with the credentials of the account.
    pub fn sign_up_member(&self, name: &str) -> Member {
        let email = format!("{name}-{}@test.example", Uuid::now_v7().simple());
        let body =
            json!({"email": email, "password": PASSWORD, "first_name": name, "last_name": "Test"});
        self.client().post("/v1/users/", &body).expect(201);
        let token = self.mailed_token(&email, 0);
        self.client()
            .post("/v1/auth/email/verify", &json!({"token": token}))
            .expect(204);
        self.log_in_as(&email, PASSWORD)
    }

    /// An operator, logged in.
    pub fn operator(&self) -> Client {
        self.operator_member().client
    }

    /// Like [`Self::operator`], with the credentials of the account.
    pub fn operator_member(&self) -> Member {
        let email = format!("operator-{}@test.example", Uuid::now_v7().simple());
        self.block_on(create_admin(
            &self.ports,
            email.clone(),
            PASSWORD.to_owned(),
        ))
        .unwrap();
        self.log_in_as(&email, PASSWORD)
    }

    /// Tries to log in.
    pub fn log_in(&self, email: &str, password: &str) -> Answer {
        self.client().post(
            "/v1/auth/login",
            &json!({"email": email, "password": password}),
        )
    }

    /// Logs in; fails when that is refused.
    pub fn log_in_as(&self, email: &str, password: &str) -> Member {
        let login = self.log_in(email, password).expect(200);
        let client = self.client().with_token(login.at("/access_token"));
        Member {
            id: client.get("/v1/users/me").expect(200).at("/id"),
            client,
            email: email.to_owned(),
            password: password.to_owned(),
            refresh_token: login.at("/refresh_token"),
        }
    }
}

//! Who has an account on a server.

use serde_json::json;
use sojourn_application::user::create_admin;
use uuid::Uuid;

use crate::{Answer, Client, Server};

/// Everybody's password, until they change it.
pub const PASSWORD: &str = "four quiet lanterns";

/// Somebody with an account, logged in.
#[derive(Clone)]
pub struct Member {
    pub client: Client,
    pub id: String,
    pub email: String,
    pub password: String,
    pub refresh_token: String,
}

impl Server {
    /// Registers somebody, proves the address with the mailed token, and logs in.
    pub fn join(&self, name: &str) -> Client {
        self.join_as(name).client
    }

    /// The same, with all that is needed to log in again.
    pub fn join_as(&self, name: &str) -> Member {
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
        self.operator_as().client
    }

    /// The same, with all that is needed to log in again.
    pub fn operator_as(&self) -> Member {
        let email = format!("operator-{}@test.example", Uuid::now_v7().simple());
        self.block_on(create_admin(
            &self.ports,
            email.clone(),
            PASSWORD.to_owned(),
        ))
        .unwrap();
        self.log_in_as(&email, PASSWORD)
    }

    /// What comes of a login.
    pub fn log_in(&self, email: &str, password: &str) -> Answer {
        self.client().post(
            "/v1/auth/login",
            &json!({"email": email, "password": password}),
        )
    }

    /// Logs in on one more device; fails when it is refused.
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

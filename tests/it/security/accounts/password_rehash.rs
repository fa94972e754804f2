//! Password hashes are upgraded when the parameters become stronger.

use sojourn_tests::{PASSWORD, Server, ServerOptions, TestDatabase, databases};

use crate::security::support::raw_tables::query_text;

fn hash(database: &TestDatabase) -> String {
    let hashes = query_text(database, "SELECT password_hash AS line FROM users");
    assert_eq!(hashes.len(), 1);
    hashes[0].clone()
}

fn server_with_params(database: &TestDatabase, work: &str) -> Server {
    let variables = [("SOJOURN_ARGON2_PARAMS", work)];
    Server::with(
        database,
        ServerOptions {
            variables: &variables,
            ..ServerOptions::default()
        },
    )
}

#[test]
fn login_upgrades_weaker_password_hashes() {
    for database in databases() {
        let server = server_with_params(&database, "m=19456,t=2,p=1");
        let anna = server.sign_up_member("anna");
        let first = hash(&database);
        assert!(
            first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{first}"
        );
        server.log_in(&anna.email, PASSWORD).expect(200);
        assert_eq!(hash(&database), first, "as much work as before");
        server.stop();

        let server = server_with_params(&database, "m=24576,t=3,p=1");
        server.log_in(&anna.email, "five loud lanterns").expect(401);
        assert_eq!(
            hash(&database),
            first,
            "who does not know it changes nothing"
        );
        server.log_in(&anna.email, PASSWORD).expect(200);
        let second = hash(&database);
        assert!(
            second.starts_with("$argon2id$v=19$m=24576,t=3,p=1$"),
            "{second}"
        );
        server.log_in(&anna.email, PASSWORD).expect(200);
        server.log_in(&anna.email, "five loud lanterns").expect(401);
        assert_eq!(hash(&database), second);
        server.stop();

        // Weaker parameters never downgrade a hash.
        let server = server_with_params(&database, "m=19456,t=2,p=1");
        server.log_in(&anna.email, PASSWORD).expect(200);
        assert_eq!(hash(&database), second);
        // Existing sessions stay valid.
        let refresh = serde_json::json!({"refresh_token": anna.refresh_token});
        server
            .client()
            .post("/v1/auth/refresh", &refresh)
            .expect(200);
    }
}

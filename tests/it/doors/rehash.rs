//! A password is hashed anew when hashes take more work than its own did.

use sojourn_tests::{PASSWORD, Server, Start, TestDatabase, databases};

use super::tables::lines;

fn hash(database: &TestDatabase) -> String {
    let hashes = lines(database, "SELECT password_hash AS line FROM users");
    assert_eq!(hashes.len(), 1);
    hashes[0].clone()
}

fn working(database: &TestDatabase, work: &str) -> Server {
    let variables = [("SOJOURN_PASSWORD_WORK", work)];
    Server::with(
        database,
        Start {
            variables: &variables,
            ..Start::default()
        },
    )
}

#[test]
fn a_password_is_hashed_anew_at_its_next_login_when_the_work_rises() {
    for database in databases() {
        let server = working(&database, "m=19456,t=2,p=1");
        let anna = server.join_as("anna");
        let first = hash(&database);
        assert!(
            first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{first}"
        );
        server.log_in(&anna.email, PASSWORD).expect(200);
        assert_eq!(hash(&database), first, "as much work as before");
        server.stop();

        let server = working(&database, "m=24576,t=3,p=1");
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

        // Less work again makes no hash weaker.
        let server = working(&database, "m=19456,t=2,p=1");
        server.log_in(&anna.email, PASSWORD).expect(200);
        assert_eq!(hash(&database), second);
        // The sessions of before go on.
        let refresh = serde_json::json!({"refresh_token": anna.refresh_token});
        server
            .client()
            .post("/v1/auth/refresh", &refresh)
            .expect(200);
    }
}

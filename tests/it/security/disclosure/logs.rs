//! Logs without secrets, and settings with which the program refuses to start.

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sojourn_tests::{Client, TestRedis, databases, mailed_token};
use uuid::Uuid;

use crate::security::support::process::Program;

const SECRET: &str = "Qm4nB7cL1zT5yR9wE3uI6oPakJ8s0Xv2";
const REDIS_PASSWORD: &str = "redisgate7291";
const DATABASE_PASSWORD: &str = "pgdoor55102";
const PASSWORDS: [&str; 4] = [
    "seven grey herons",
    "eleven loud geckos",
    "three slow badgers",
    "nothing like the right one",
];

/// An Ed25519 key made for this test.
const SIGNING_KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";

/// Values that must not appear in a log, with their names.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn note(&mut self, what: &'static str, secret: impl Into<String>) -> String {
        let secret = secret.into();
        assert!(secret.len() > 5, "{what}: {secret}");
        self.0.push((what, secret.clone()));
        secret
    }

    /// Names of the values that appear in a text.
    fn found_in(&self, text: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(_, secret)| text.contains(secret))
            .map(|(what, _)| *what)
            .collect()
    }
}

/// Sends every kind of secret to the server.
fn use_every_secret(base: &str, program: &Program, secrets: &mut Secrets) {
    let client = Client::new(base);
    let mail = program.folder.join("mail");
    let email = secrets.note(
        "an address",
        format!("anna-{}@test.example", Uuid::now_v7().simple()),
    );
    let [first, second, third, wrong] =
        PASSWORDS.map(|password| secrets.note("a password", password));
    let new = json!({"email": email, "password": first, "first_name": "Anna", "last_name": "Quillfeather"});
    client.post("/v1/users/", &new).expect(201);
    let token = secrets.note(
        "a token that proves an address",
        mailed_token(&mail, &email, 0),
    );
    client
        .post("/v1/auth/email/verify", &json!({"token": token}))
        .expect(204);
    let log_in = |password: &str| {
        client.post(
            "/v1/auth/login",
            &json!({"email": email, "password": password}),
        )
    };
    log_in(&wrong).expect(401);
    let login = log_in(&first).expect(200);
    let access = secrets.note("an access token", login.at("/access_token"));
    secrets.note(
        "the signature of an access token",
        access.rsplit('.').next().unwrap(),
    );
    let refresh = secrets.note("a refresh token", login.at("/refresh_token"));
    let renewed = client
        .post("/v1/auth/refresh", &json!({"refresh_token": refresh}))
        .expect(200);
    secrets.note("a refresh token", renewed.at("/refresh_token"));
    let anna = client.with_token(secrets.note("an access token", renewed.at("/access_token")));
    let change = json!({"current_password": first, "new_password": second});
    anna.post("/v1/auth/password/change", &change).expect(204);
    client
        .post("/v1/auth/password/forgot", &json!({"email": email}))
        .expect(202);
    let token = secrets.note("a token for a new password", mailed_token(&mail, &email, 2));
    anna.post("/v1/auth/totp", &Value::Null).expect(200);
    let factor = anna.post("/v1/auth/totp", &Value::Null).expect(200);
    secrets.note("the secret of a second factor", factor.at("/secret"));
    let reset = json!({"token": token, "new_password": third});
    client.post("/v1/auth/password/reset", &reset).expect(204);
    client.post("/v1/auth/password/reset", &reset).expect(422);
    let anna = client.with_token(secrets.note(
        "an access token",
        log_in(&third).expect(200).at("/access_token"),
    ));
    anna.with_header(
        "idempotency-key",
        secrets.note("a key of a client", "key-of-anna-1"),
    )
    .post("/v1/properties/", &json!({"title": "Cabin"}))
    .expect(201);
    anna.post(
        "/v1/auth/login",
        &json!({"email": email, "password": {"first": first}}),
    )
    .expect(422);
    client
        .get(&format!("/v1/properties/?access_token={access}"))
        .expect(422);
    anna.get("/v1/users/me/export").expect(200);
}

/// Sends values that would inject log lines if they were logged verbatim.
fn inject_log_lines(base: &str) {
    let client = Client::new(base);
    client
        .get("/v1/nowhere%0a%7B%22level%22:%22ERROR%22,%22forged%22:true%7D")
        .expect(404);
    client
        .send(
            "GET",
            "/v1/nowhere",
            &[("x-request-id", "a\",\"forged\":\"b")],
            None,
        )
        .expect(404);
    client.get("/v1/nowhere%1b%5B2J%0d%0aforged").expect(404);
    client
        .post("/v1/users/", &json!({"email": "a\n{\"forged\":true}"}))
        .expect(422);
}

fn with_password(url: &str) -> String {
    url.replacen(
        "postgres://postgres@",
        &format!("postgres://postgres:{DATABASE_PASSWORD}@"),
        1,
    )
}

/// Waits until a text is in the log.
fn wait_for_log(program: &Program, what: &str) {
    let began = Instant::now();
    while !program.log().contains(what) {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "{what} is not in the log"
        );
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn logs_contain_no_secrets_and_no_injected_lines() {
    let Some(redis) = TestRedis::start() else {
        return;
    };
    redis
        .ask(&["CONFIG", "SET", "requirepass", REDIS_PASSWORD])
        .unwrap();
    let redis_url = redis
        .url()
        .replacen("redis://", &format!("redis://:{REDIS_PASSWORD}@"), 1);
    // PostgreSQL where available, because its URL contains a password.
    let database = databases()
        .into_iter()
        .rfind(|it| it.name != "MariaDB")
        .unwrap();
    drop(database.open());
    let key = std::env::temp_dir().join(format!("sojourn-key-{}.pem", Uuid::now_v7().simple()));
    fs::write(&key, SIGNING_KEY).unwrap();
    let mut secrets = Secrets::default();
    secrets.note("the secret", SECRET);
    secrets.note("the password of Redis", REDIS_PASSWORD);
    secrets.note("the password of the database", DATABASE_PASSWORD);
    secrets.note("a signing key", "K06/nwoy/HU++CXqI9EdVhC");
    let mut program = Program::run(
        &["serve"],
        &[
            ("SOJOURN_ENV", "production"),
            ("RUST_LOG", "trace"),
            ("SOJOURN_SECRET", SECRET),
            ("SOJOURN_SIGNING_KEYS", key.to_str().unwrap()),
            ("DATABASE_URL", &with_password(&database.url)),
            ("REDIS_URL", &redis_url),
        ],
    );
    let base = program.url();
    use_every_secret(&base, &program, &mut secrets);
    inject_log_lines(&base);
    redis.kill();
    Client::new(&base)
        .get("/v1/properties/?city=Albany")
        .expect(200);
    wait_for_log(&program, "Redis is unavailable");
    program.stop();
    let _gone = fs::remove_file(key);
    let log = program.log();
    // The log is not empty: it contains requests and the lowest level of libraries.
    for word in [
        "request completed",
        "/v1/auth/login",
        "/v1/auth/password/reset",
        "\"TRACE\"",
        "\"DEBUG\"",
    ] {
        assert!(log.contains(word), "{word} is not in the log");
    }
    assert_eq!(secrets.found_in(&log), Vec::<&str>::new());
    assert_eq!(secrets.found_in(&program.stdout()), Vec::<&str>::new());
    for line in log.lines() {
        let line: Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(line["forged"].is_null(), "{line}");
    }
}

#[test]
fn production_does_not_start_with_weak_or_missing_settings() {
    let sound = [("SOJOURN_ENV", "production"), ("SOJOURN_SECRET", SECRET)];
    let repeated = "changeme".repeat(8);
    let keys = "/nowhere/key.pem";
    let cases = [
        ("SOJOURN_SECRET", "", "openssl rand"),
        ("SOJOURN_SECRET", "hunter2-hunter2", "at least 32 bytes"),
        ("SOJOURN_SECRET", repeated.as_str(), "too easy to guess"),
        (
            "SOJOURN_SECRET",
            "qwertyuiopasdfghjklzxcvbnm1234567890",
            "follows the alphabet or a keyboard",
        ),
        ("SOJOURN_SIGNING_KEYS", keys, "openssl genpkey"),
        (
            "REDIS_URL",
            "redis://:redisgate7291@127.0.0.1:1/0",
            "Redis does not answer",
        ),
        ("REDIS_URL", "rediss://:redisgate7291@127.0.0.1/0", "TLS"),
        (
            "DATABASE_URL",
            "oracle://root:pgdoor55102@localhost/x",
            "postgres://",
        ),
        (
            "DATABASE_URL",
            "mysql://root:pgdoor55102@localhost/x?secret=pgdoor55102",
            if cfg!(feature = "mysql") {
                "known are unix_socket"
            } else {
                "--features mysql"
            },
        ),
        ("SOJOURN_ARGON2_PARAMS", "m=8,t=1,p=1", "at least m="),
        ("SOJOURN_TRUSTED_PROXIES", "everybody", "10.0.0.0/8"),
    ];
    for (key, value, advice) in cases {
        let variables: Vec<_> = sound
            .into_iter()
            .filter(|(name, _)| *name != key)
            .chain([(key, value)])
            .collect();
        let mut program = Program::run(&["serve"], &variables);
        assert_eq!(
            program.wait_for_exit(),
            Some(1),
            "{key}={value}: {}",
            program.log()
        );
        let log = program.log();
        let last = log
            .lines()
            .find(|line| line.starts_with("error: "))
            .unwrap_or_default();
        assert!(
            last.starts_with(&format!("error: {key}: ")) && last.contains(advice),
            "{key}={value}: {log}"
        );
        for secret in [
            repeated.as_str(),
            "hunter2",
            REDIS_PASSWORD,
            DATABASE_PASSWORD,
            SECRET,
        ] {
            assert!(!log.contains(secret), "{key}: {log}");
        }
        assert!(
            !program.stdout().contains("listening"),
            "{key}={value} listens"
        );
    }
}

#[test]
fn the_head_of_the_audit_log_is_logged() {
    let mut first = Program::run(&["serve"], &[("RUST_LOG", "info")]);
    let login = json!({"email": "zoe@test.example", "password": "none of my passwords"});
    let client = Client::new(&first.url());
    client.post("/v1/auth/login", &login).expect(401);
    first.stop();
    let folder = first.folder.to_str().unwrap();
    let start = |extra: &[(&str, &str)]| {
        let folder = [("RUST_LOG", "info"), ("SOJOURN_DATA_DIR", folder)];
        Program::run(&["serve"], &[&folder, extra].concat())
    };
    let mut second = start(&[]);
    wait_for_log(&second, "head of the audit log");
    second.stop();
    // Another secret without the earlier one authenticates nothing.
    let third = start(&[("SOJOURN_SECRET", SECRET)]);
    wait_for_log(&third, "the audit log is broken");
}

#[test]
fn generated_secret_is_readable_by_its_owner_only() {
    let mut program = Program::run(&["serve"], &[]);
    Client::new(&program.url()).get("/livez").expect(200);
    let secret = fs::read_to_string(program.folder.join("secret")).unwrap();
    assert!(secret.trim().len() >= 32);
    program.stop();
    assert!(!program.log().contains(secret.trim()));
    // Production ignores the secret in a developer's folder.
    let folder = program.folder.to_str().unwrap();
    let mut refused = Program::run(
        &["serve"],
        &[("SOJOURN_ENV", "production"), ("SOJOURN_DATA_DIR", folder)],
    );
    assert_eq!(refused.wait_for_exit(), Some(1));
    assert!(
        refused
            .log()
            .contains("error: SOJOURN_SECRET: needed in production"),
        "{}",
        refused.log()
    );
}

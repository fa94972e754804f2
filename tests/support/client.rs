//! A running server and somebody who asks it.

use std::collections::BTreeMap;

use serde_json::Value;

/// What the server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub text: String,
}

impl Answer {
    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// A text of the body, by JSON pointer.
    pub fn at(&self, pointer: &str) -> String {
        match self.json().pointer(pointer) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => panic!("no {pointer} in {} {}", self.status, self.text),
        }
    }

    /// Fails unless the status is this.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// Fails unless it is a problem with this status and code.
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{} {}",
            self.status,
            self.text
        );
        assert_eq!((self.status, self.at("/code").as_str()), (status, code), "{}", self.text);
        assert_eq!(self.json()["status"], status);
        assert!(self.json()["request_id"].is_string() && self.json()["title"].is_string(), "{}", self.text);
        self
    }
}

/// Somebody who asks, perhaps logged in.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    base: String,
    token: Option<String>,
}

impl Client {
    pub fn new(base: &str) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        Self { agent: config.into(), base: base.to_owned(), token: None }
    }

    /// The same, logged in.
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], None)
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, &[("content-type", "application/json")], Some(body.to_string()))
    }

    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send("PATCH", path, &[("content-type", "application/json")], Some(body.to_string()))
    }

    /// Asks anything.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut response = match body {
            Some(body) => self.agent.run(request.body(body).unwrap()).unwrap(),
            None => self.agent.run(request.body(()).unwrap()).unwrap(),
        };
        let headers = response.headers().iter();
        Answer {
            status: response.status().as_u16(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("").to_owned()))
                .collect(),
            text: response.body_mut().read_to_string().unwrap(),
        }
    }
}

/// A server of its own, with its worker, on a database that goes away with the test.
pub struct Server {
    pub url: String,
    folder: std::path::PathBuf,
    running: Option<sojourn::app::Running>,
    runtime: tokio::runtime::Runtime,
}

impl Server {
    pub fn start(database: &crate::TestDatabase) -> Self {
        let folder = std::env::temp_dir().join(format!("sojourn-server-{}", uuid::Uuid::now_v7().simple()));
        let variables = [
            ("SOJOURN_LISTEN", "127.0.0.1:0".to_owned()),
            ("SOJOURN_DATA_DIR", folder.display().to_string()),
            ("DATABASE_URL", database.url.clone()),
        ];
        let sources = sojourn::config::Sources::of_variables(variables);
        let settings = sojourn::config::Settings::load(&sources).unwrap();
        database.open();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let running =
            runtime.block_on(sojourn::app::start(&settings, sojourn::app::Overrides::default())).unwrap();
        Self { url: running.url(), folder, running: Some(running), runtime }
    }

    /// Where it writes its mails.
    pub fn mail(&self) -> std::path::PathBuf {
        self.folder.join("mail")
    }

    /// Somebody who is not logged in.
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// Registers somebody, proves the address with the mailed token, and logs in.
    pub fn join(&self, name: &str) -> Client {
        let email = format!("{name}-{}@test.example", uuid::Uuid::now_v7().simple());
        let password = "four quiet lanterns";
        let body = serde_json::json!({"email": email, "password": password, "first_name": name, "last_name": "Test"});
        self.client().post("/v1/users/", &body).expect(201);
        let token = self.mailed_token(&email);
        self.client().post("/v1/auth/email/verify", &serde_json::json!({"token": token})).expect(204);
        let login =
            self.client().post("/v1/auth/login", &serde_json::json!({"email": email, "password": password}));
        self.client().with_token(login.expect(200).at("/access_token"))
    }

    fn mailed_token(&self, email: &str) -> String {
        for _ in 0..200 {
            let files =
                std::fs::read_dir(self.mail()).into_iter().flatten().flatten().map(|entry| entry.path());
            let mails = files.filter(|path| path.extension().is_some_and(|extension| extension == "eml"));
            for mail in mails.filter_map(|path| std::fs::read_to_string(path).ok()) {
                if let Some((_, rest)) = mail.split_once("token=").filter(|_| mail.contains(email)) {
                    return rest
                        .chars()
                        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
                        .collect();
                }
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("no mail to {email} in {}", self.mail().display());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ended = self.runtime.block_on(running.stop());
        }
        let _gone = std::fs::remove_dir_all(&self.folder);
    }
}

//! HTTP client of the tests.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use crate::declared_problems;

/// An HTTP response.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub text: String,
}

impl Answer {
    /// The body as JSON; null when it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// A value of the body as text, by JSON pointer.
    pub fn at(&self, pointer: &str) -> String {
        match self.json().pointer(pointer) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => panic!("no {pointer} in {} {}", self.status, self.text),
        }
    }

    /// Fails unless the status matches.
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
        assert_eq!(
            (self.status, self.at("/code").as_str()),
            (status, code),
            "{}",
            self.text
        );
        assert_eq!(self.json()["status"], status);
        assert!(
            self.json()["request_id"].is_string() && self.json()["title"].is_string(),
            "{}",
            self.text
        );
        self
    }
}

/// Idle time after which the server closes a connection; a request sent at that moment would be lost.
const IDLE: Duration = Duration::from_secs(2);

/// An HTTP client, with or without a token.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    base: String,
    token: Option<String>,
    headers: Vec<(&'static str, String)>,
}

impl Client {
    pub fn new(base: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_age(IDLE);
        Self {
            agent: config.build().into(),
            base: base.to_owned(),
            token: None,
            headers: Vec::new(),
        }
    }

    /// Host and port of the server.
    pub fn host(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    /// The access token.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The same client with an access token.
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self {
            token: Some(token.into()),
            ..self.clone()
        }
    }

    /// The same client without a token.
    pub fn without_token(&self) -> Self {
        Self {
            token: None,
            ..self.clone()
        }
    }

    /// The same client with an additional header.
    pub fn with_header(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut client = self.clone();
        client.headers.push((name, value.into()));
        client
    }

    /// The same client at another server.
    pub fn at(&self, base: &str) -> Self {
        Self {
            base: base.to_owned(),
            ..self.clone()
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], None)
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(
            "POST",
            path,
            &[("content-type", "application/json")],
            Some(body.to_string()),
        )
    }

    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(
            "PATCH",
            path,
            &[("content-type", "application/json")],
            Some(body.to_string()),
        )
    }

    pub fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(
            "PUT",
            path,
            &[("content-type", "application/json")],
            Some(body.to_string()),
        )
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, &[], None)
    }

    /// A conditional GET.
    pub fn get_if_none_match(&self, path: &str, etag: &str) -> Answer {
        self.send("GET", path, &[("if-none-match", etag)], None)
    }

    /// Posts with an idempotency key.
    pub fn post_once(&self, path: &str, key: &str, body: &Value) -> Result<Answer, ureq::Error> {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        self.try_send("POST", path, &headers, Some(body.to_string()))
    }

    /// Sends a request.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Answer {
        let answer = self.try_send(method, path, headers, body);
        answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// Sends a request to a server that may die before it answers.
    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base));
        let own = self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        for (name, value) in own.chain(headers.iter().copied()) {
            request = request.header(name, value);
        }
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut response = match body {
            Some(body) => self.agent.run(request.body(body)?)?,
            None => self.agent.run(request.body(())?)?,
        };
        let answer = Answer {
            headers: listed(response.headers()),
            status: response.status().as_u16(),
            text: response.body_mut().read_to_string()?,
        };
        declared_problems::check(method, path, &answer);
        Ok(answer)
    }
}

/// Headers by name; repeated ones are joined with commas.
fn listed(headers: &ureq::http::HeaderMap) -> BTreeMap<String, String> {
    let mut all = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in headers {
        all.entry(name.to_string())
            .or_default()
            .push(value.to_str().unwrap_or(""));
    }
    all.into_iter()
        .map(|(name, values)| (name, values.join(", ")))
        .collect()
}

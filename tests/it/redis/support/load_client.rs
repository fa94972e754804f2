//! One of many clients, which uses both servers in turn.

use std::time::{Duration, Instant};

use serde_json::Value;
use sojourn_tests::{Answer, Client};

use super::cluster::Cluster;
use super::latency_report::{LatencyReport, Phases};

/// Requests sent from one address before the next one is used.
const FROM_ONE_NETWORK: usize = 100;

/// A request and its expected status.
pub struct ExpectedRequest<'a> {
    what: &'static str,
    method: &'static str,
    path: String,
    token: Option<&'a str>,
    body: Option<&'a Value>,
    status: u16,
}

impl<'a> ExpectedRequest<'a> {
    pub fn get(what: &'static str, path: impl Into<String>) -> Self {
        Self {
            what,
            method: "GET",
            path: path.into(),
            token: None,
            body: None,
            status: 200,
        }
    }

    pub fn post(what: &'static str, path: &str, body: &'a Value) -> Self {
        Self {
            method: "POST",
            body: Some(body),
            status: 201,
            ..Self::get(what, path)
        }
    }

    pub fn patch(what: &'static str, path: &str, body: &'a Value) -> Self {
        Self {
            method: "PATCH",
            body: Some(body),
            ..Self::get(what, path)
        }
    }

    /// The same request with a token.
    pub fn by(self, token: &'a str) -> Self {
        Self {
            token: Some(token),
            ..self
        }
    }
}

/// One client.
pub struct LoadClient<'a> {
    pub number: usize,
    /// Number of requests sent.
    pub requests: usize,
    pub report: LatencyReport,
    phases: &'a Phases,
    clients: [Client; 2],
}

impl<'a> LoadClient<'a> {
    pub fn new(cluster: &Cluster, phases: &'a Phases, number: usize) -> Self {
        let clients = cluster.servers().map(|server| Client::new(&server.url));
        Self {
            number,
            requests: 0,
            report: LatencyReport::default(),
            phases,
            clients,
        }
    }

    /// Sends a request; `None` when the answer is unexpected, which is recorded.
    pub fn ask(&mut self, request: &ExpectedRequest<'_>) -> Option<Answer> {
        self.requests += 1;
        let began = Instant::now();
        let answer = self.send(request);
        let (took, phase, what) = (began.elapsed(), self.phases.phase(), request.what);
        let found = match answer {
            Ok(answer) if answer.status == request.status => {
                self.report.note(phase, what, took);
                return Some(answer);
            }
            Ok(answer) => format!("{} {}", answer.status, answer.text),
            Err(error) => error.to_string(),
        };
        self.report
            .unexpected
            .push(format!("{what} in phase {phase} after {took:?}: {found}"));
        None
    }

    fn send(&self, request: &ExpectedRequest<'_>) -> Result<Answer, Box<dyn std::error::Error>> {
        let client = &self.clients[(self.requests + self.number) % 2];
        let client = request
            .token
            .map_or_else(|| client.clone(), |token| client.with_token(token));
        let network = self.requests / FROM_ONE_NETWORK;
        let from = format!(
            "10.{}.{}.{}",
            self.number,
            network / 256 % 256,
            network % 256
        );
        let headers = [
            ("content-type", "application/json"),
            ("x-forwarded-for", from.as_str()),
        ];
        let body = request.body.map(Value::to_string);
        Ok(client.try_send(request.method, &request.path, &headers, body)?)
    }

    /// The current phase.
    pub fn phase(&self) -> usize {
        self.phases.phase()
    }

    /// Records a price that was stale for this long.
    pub fn record_stale_price(&mut self, late: Duration) {
        self.report.late.push((self.phases.phase(), late));
    }
}

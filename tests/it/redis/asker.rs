//! One of many clients, who asks now this server, now that.

use std::time::{Duration, Instant};

use serde_json::Value;
use sojourn_tests::{Answer, Client};

use super::pair::Pair;
use super::tally::{Stage, Tally};

/// From one network it asks so often, and from the next then.
const FROM_ONE_NETWORK: usize = 100;

/// Something to ask, and how it must be answered.
pub struct Question<'a> {
    what: &'static str,
    method: &'static str,
    path: String,
    token: Option<&'a str>,
    body: Option<&'a Value>,
    status: u16,
}

impl<'a> Question<'a> {
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

    /// The same, by somebody who is logged in.
    pub fn by(self, token: &'a str) -> Self {
        Self {
            token: Some(token),
            ..self
        }
    }
}

/// One client.
pub struct Asker<'a> {
    pub number: usize,
    /// How often it asked.
    pub asked: usize,
    pub tally: Tally,
    stage: &'a Stage,
    clients: [Client; 2],
}

impl<'a> Asker<'a> {
    pub fn new(pair: &Pair, stage: &'a Stage, number: usize) -> Self {
        let clients = pair.servers().map(|server| Client::new(&server.url));
        Self {
            number,
            asked: 0,
            tally: Tally::default(),
            stage,
            clients,
        }
    }

    /// Asks; nothing when the answer is another than it must be, which is noted.
    pub fn ask(&mut self, question: &Question<'_>) -> Option<Answer> {
        self.asked += 1;
        let began = Instant::now();
        let answer = self.send(question);
        let (took, phase, what) = (began.elapsed(), self.stage.phase(), question.what);
        let surprise = match answer {
            Ok(answer) if answer.status == question.status => {
                self.tally.note(phase, what, took);
                return Some(answer);
            }
            Ok(answer) => format!("{} {}", answer.status, answer.text),
            Err(error) => error.to_string(),
        };
        self.tally.surprises.push(format!(
            "{what} in phase {phase} after {took:?}: {surprise}"
        ));
        None
    }

    fn send(&self, question: &Question<'_>) -> Result<Answer, Box<dyn std::error::Error>> {
        let client = &self.clients[(self.asked + self.number) % 2];
        let client = question
            .token
            .map_or_else(|| client.clone(), |token| client.with_token(token));
        let network = self.asked / FROM_ONE_NETWORK;
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
        let body = question.body.map(Value::to_string);
        Ok(client.try_send(question.method, &question.path, &headers, body)?)
    }

    /// The phase that it is.
    pub fn phase(&self) -> usize {
        self.stage.phase()
    }

    /// A price was shown that was not in force any more when it was asked for, since so long.
    pub fn shown_late(&mut self, late: Duration) {
        self.tally.late.push((self.stage.phase(), late));
    }
}

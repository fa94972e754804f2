//! The server is killed at random moments during every kind of POST, and each request is repeated with its key until it
//! is answered: it has one effect, and an answer that a first try could have had.
//!
//! `SOJOURN_CRASH_ROUNDS` is the number of rounds on each database, 2 by default; `SOJOURN_CRASH_SEED` repeats a run.

use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sojourn_tests::{
    Answer, Server, ServerOptions, TestClock, TestDatabase, databases, gateway_calls,
    recorded_calls,
};

use super::keyed_effects::{Effects, assert_answer};
use super::server_process::{CrashPlan, ServerProcess};
use crate::keyed_posts::cases::{Case, all};
use crate::keyed_posts::marketplace::{Clients, Marketplace, Request, folder, remove};
use crate::race::rng::Rng;

/// Kills of a round.
const KILLS: u64 = 4;

/// The latest moment of a kill after the chosen number of answers, in milliseconds.
const LATEST_KILL: u64 = 150;

/// After this time the keys of a killed server can be taken over.
const LEASE: TimeDelta = TimeDelta::seconds(31);

/// Longer than a hold.
const HOLD: TimeDelta = TimeDelta::minutes(16);

const LIMIT: Duration = Duration::from_secs(60);

/// Requests by key, and the answers that they have so far.
struct Round<'a> {
    database: &'a TestDatabase,
    folder: &'a Path,
    requests: Vec<(&'static Case, Request)>,
    answers: HashMap<String, Answer>,
    ahead: TimeDelta,
    /// True once the clock has jumped over the end of every hold.
    holds_expired: bool,
}

#[test]
fn every_post_has_one_effect_whenever_its_server_dies() {
    let setting = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|it| it.parse::<u64>().unwrap())
    };
    let rounds = setting("SOJOURN_CRASH_ROUNDS").unwrap_or(2);
    let seed = setting("SOJOURN_CRASH_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    for round in 0..rounds {
        for database in databases() {
            println!("round {round} on {}, seed {}", database.name, seed + round);
            play(&database, &mut Rng::new(seed + round), round);
        }
    }
}

fn play(database: &TestDatabase, rng: &mut Rng, round: u64) {
    let folder = folder();
    let options = ServerOptions {
        folder: Some(&folder),
        ..ServerOptions::default()
    };
    let server = Server::with(database, options);
    let market = Marketplace::new(&server);
    // A stay that nobody came to is marked a day later: every other round is that late, and sends only that.
    let hours_ahead = if round % 2 == 1 { 26 } else { 0 };
    let due = all().filter(|case| case.hours_ahead == hours_ahead);
    let requests: Vec<_> = due.map(|case| (case, (case.prepare)(&market))).collect();
    server.wait_until_idle(LIMIT);
    server.stop();
    let before = Effects::of(database);
    let mut round = Round {
        database,
        folder: &folder,
        requests,
        answers: HashMap::new(),
        ahead: TimeDelta::hours(hours_ahead),
        holds_expired: false,
    };
    let jump = rng.below(KILLS * 2);
    for kill in 0..KILLS {
        if round.open().is_empty() {
            break;
        }
        round.send_and_kill(rng);
        round.ahead += if kill == jump { HOLD } else { LEASE };
        round.holds_expired |= kill == jump;
    }
    round.finish(&before);
    remove(&folder);
}

impl Round<'_> {
    fn plan(&self) -> CrashPlan {
        CrashPlan {
            at: None,
            ahead: self.ahead,
        }
    }

    fn open(&self) -> Vec<&(&'static Case, Request)> {
        let open = |(case, _): &&(&Case, Request)| !self.answers.contains_key(&case.key());
        self.requests.iter().filter(open).collect()
    }

    /// Sends every open request at once and kills the server meanwhile.
    fn send_and_kill(&mut self, rng: &mut Rng) {
        let process = ServerProcess::start(self.database, self.folder, self.plan());
        let clients = Clients::new(&process.url);
        let open = self.open();
        for (_, request) in &open {
            clients.of(&request.sender);
        }
        let pause = Duration::from_millis(rng.below(LATEST_KILL));
        let wanted = rng.below(open.len() as u64 / 4 + 1);
        let (answered, some_answers) = channel();
        let answers = thread::scope(|scope| {
            let sent: Vec<_> = open
                .iter()
                .map(|(case, request)| {
                    let (clients, key, answered) = (&clients, case.key(), answered.clone());
                    scope.spawn(move || {
                        let answer = request.send(clients, &key);
                        answered.send(()).unwrap();
                        (key, answer)
                    })
                })
                .collect();
            for _ in 0..wanted {
                some_answers.recv_timeout(LIMIT).unwrap();
            }
            thread::sleep(pause);
            process.kill();
            let ended = sent.into_iter().map(|thread| thread.join().unwrap());
            ended.collect::<Vec<_>>()
        });
        let tried = answers.len();
        let before = self.answers.len();
        for (key, answer) in answers {
            if let Some(answer) = answer.ok().filter(is_final) {
                self.answers.insert(key, answer);
            }
        }
        let answered = self.answers.len() - before;
        println!("  killed after {wanted} answers and {pause:?}: {answered} of {tried} answered");
    }

    /// Repeats the open requests until they are answered, and checks answers and effects.
    fn finish(mut self, before: &Effects) {
        let options = ServerOptions {
            folder: Some(self.folder),
            clock: Some(TestClock::new(self.ahead, 1)),
            ..ServerOptions::default()
        };
        let server = Server::with(self.database, options);
        let clients = Clients::new(&server.url);
        let began = Instant::now();
        while !self.open().is_empty() {
            assert!(began.elapsed() < LIMIT, "{} are open", self.open().len());
            let sent = self.open().into_iter().map(|(case, request)| {
                let key = case.key();
                (key.clone(), request.send(&clients, &key).unwrap())
            });
            let answers: Vec<_> = sent.filter(|(_, answer)| is_final(answer)).collect();
            self.answers.extend(answers);
        }
        server.wait_until_idle(LIMIT);
        for (case, request) in &self.requests {
            let answer = &self.answers[&case.key()];
            assert_answer(case, answer, self.holds_expired);
            // A repetition of an answered request gets the same answer.
            let again = request.send(&clients, &case.key()).unwrap();
            assert_eq!(again.status, answer.status, "{}", case.key());
        }
        let added = Effects::of(self.database).since(before);
        added.assert_once(self.requests.iter().map(|(case, _)| *case));
        let report = server.check_integrity();
        assert!(report.findings.is_empty(), "{:#?}", report.findings);
        let recorded = server.block_on(recorded_calls(&server.ports));
        assert_eq!(gateway_calls(self.folder), recorded);
    }
}

/// False for answers after which a client repeats its request.
fn is_final(answer: &Answer) -> bool {
    let in_progress = answer.status == 409 && answer.at("/code") == "idempotency_in_progress";
    answer.status < 500 && !in_progress
}

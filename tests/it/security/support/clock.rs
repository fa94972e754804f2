//! Servers with a clock ahead, and concurrent requests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use chrono::TimeDelta;
use sojourn_tests::{Answer, Server, ServerOptions, TestClock, TestDatabase};

/// A second server on the same database with the same secret, whose clock is ahead.
pub fn server_ahead(database: &TestDatabase, server: &Server, by: TimeDelta) -> Server {
    let clock = Some(TestClock::new(by, 1));
    Server::with(
        database,
        ServerOptions {
            folder: Some(&server.folder),
            clock,
            ..ServerOptions::default()
        },
    )
}

/// Answers to the same request sent concurrently.
pub fn concurrently(times: usize, ask: impl Fn() -> Answer + Sync) -> Vec<Answer> {
    let waiting = AtomicUsize::new(times);
    let one = || {
        waiting.fetch_sub(1, Ordering::SeqCst);
        while waiting.load(Ordering::SeqCst) > 0 {
            thread::yield_now();
        }
        ask()
    };
    thread::scope(|scope| {
        let all: Vec<_> = (0..times).map(|_| scope.spawn(one)).collect();
        all.into_iter()
            .map(|asking| asking.join().unwrap())
            .collect()
    })
}

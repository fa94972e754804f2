//! The same marketplace, seen later.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use chrono::TimeDelta;
use sojourn_tests::{Answer, OtherClock, Server, Start, TestDatabase};

/// A second server on the same database and with the same secret, whose clock is ahead.
pub fn later(database: &TestDatabase, server: &Server, by: TimeDelta) -> Server {
    let clock = Some(OtherClock::new(by, 1));
    Server::with(
        database,
        Start {
            folder: Some(&server.folder),
            clock,
            ..Start::default()
        },
    )
}

/// What so many get who ask the same at once.
pub fn at_once(times: usize, ask: impl Fn() -> Answer + Sync) -> Vec<Answer> {
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

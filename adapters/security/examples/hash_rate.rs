//! Measures the passwords that this machine hashes per second on all cores: `hash_rate [seconds]`. It is the baseline
//! of the login benchmark.

use std::thread::{available_parallelism, scope};
use std::time::{Duration, Instant};

use argon2::Argon2;
use argon2::password_hash::PasswordHasher as _;

fn main() {
    let seconds = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(5);
    let cores = available_parallelism().map_or(1, usize::from);
    let started = Instant::now();
    let duration = Duration::from_secs(seconds);
    let total: u64 = scope(|threads| {
        let workers: Vec<_> = (0..cores)
            .map(|_| threads.spawn(|| hash_for(started, duration)))
            .collect();
        workers
            .into_iter()
            .map(|thread| thread.join().unwrap_or(0))
            .sum()
    });
    let milliseconds = u64::try_from(started.elapsed().as_millis())
        .unwrap_or(u64::MAX)
        .max(1);
    println!("{}", total * 1000 / milliseconds);
}

fn hash_for(started: Instant, duration: Duration) -> u64 {
    let mut hashed = 0;
    while started.elapsed() < duration {
        let hash = Argon2::default()
            .hash_password_with_salt(b"lantern by the harbour", b"sixteen bytes of");
        hashed += u64::from(hash.is_ok());
    }
    hashed
}

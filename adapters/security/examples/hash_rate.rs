//! How many passwords a second this machine hashes with every core and nothing else to do: `hash_rate [seconds]`.
//! Logins under load are measured beside it.

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
    let (begun, end) = (Instant::now(), Duration::from_secs(seconds));
    let hashed: u64 = scope(|threads| {
        let running: Vec<_> = (0..cores)
            .map(|_| threads.spawn(|| hash_until(begun, end)))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or(0))
            .sum()
    });
    let milliseconds = u64::try_from(begun.elapsed().as_millis())
        .unwrap_or(u64::MAX)
        .max(1);
    println!("{}", hashed * 1000 / milliseconds);
}

fn hash_until(begun: Instant, end: Duration) -> u64 {
    let mut hashed = 0;
    while begun.elapsed() < end {
        let made = Argon2::default()
            .hash_password_with_salt(b"lantern by the harbour", b"sixteen bytes of");
        hashed += u64::from(made.is_ok());
    }
    hashed
}

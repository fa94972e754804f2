//! A TCP proxy in front of Redis that adds latency.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use sojourn_tests::TestRedis;

/// Runs until the process ends.
pub struct LatencyProxy {
    port: u16,
    delay: Arc<Delay>,
}

/// Range of milliseconds by which each chunk is delayed.
#[derive(Default)]
struct Delay {
    least: AtomicU64,
    span: AtomicU64,
    parts: AtomicU64,
}

impl LatencyProxy {
    /// Starts a proxy without latency.
    pub fn to(redis: &TestRedis) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (port, delay) = (
            listener.local_addr().unwrap().port(),
            Arc::new(Delay::default()),
        );
        let (there, way) = (redis.url().replace("redis://", ""), Arc::clone(&delay));
        thread::spawn(move || {
            for here in listener.incoming() {
                let (here, there) = (here.unwrap(), TcpStream::connect(&there).unwrap());
                carry(&here, &there, &way);
                carry(&there, &here, &way);
            }
        });
        Self { port, delay }
    }

    /// For `REDIS_URL`.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Sets the round-trip latency in milliseconds.
    pub fn set_latency(&self, milliseconds: &Range<u64>) {
        self.delay
            .least
            .store(milliseconds.start / 2, Ordering::SeqCst);
        self.delay.span.store(
            (milliseconds.end - milliseconds.start) / 2,
            Ordering::SeqCst,
        );
    }
}

impl Delay {
    fn next(&self) -> Duration {
        let part = self.parts.fetch_add(1, Ordering::SeqCst);
        let more = part * 7 % self.span.load(Ordering::SeqCst).max(1);
        Duration::from_millis(self.least.load(Ordering::SeqCst) + more)
    }
}

/// Copies one direction, in order, each chunk after its delay.
fn carry(from: &TcpStream, to: &TcpStream, delay: &Arc<Delay>) {
    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
    to.set_nodelay(true).unwrap();
    let (send, under_way) = mpsc::channel::<(Instant, Vec<u8>)>();
    let delay = Arc::clone(delay);
    thread::spawn(move || {
        let mut part = vec![0; 64 * 1024];
        while let Ok(length @ 1..) = from.read(&mut part) {
            let _over = send.send((Instant::now() + delay.next(), part[..length].to_vec()));
        }
    });
    thread::spawn(move || {
        for (due, part) in under_way {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&part).is_err() {
                break;
            }
        }
        let _closed = to.shutdown(Shutdown::Both);
    });
}

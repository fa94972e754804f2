//! A `redis-server` process for one test.

use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::thread::sleep;
use std::time::{Duration, Instant};

use sojourn_redis::{Redis, RedisOptions};

/// A `redis-server` on a free port, stopped when it is dropped.
pub struct RedisServer {
    pub port: u16,
    directory: PathBuf,
    process: Child,
}

impl RedisServer {
    /// `None` when no `redis-server` is installed; with the variable `CI` set, this is a failure.
    pub fn start() -> Option<Self> {
        let installed = Command::new("redis-server")
            .arg("--version")
            .stdout(Stdio::null())
            .status()
            .is_ok();
        if !installed {
            assert!(
                std::env::var_os("CI").is_none(),
                "the tests with Redis must not be skipped in CI: install redis-server"
            );
            static ONCE: Once = Once::new();
            ONCE.call_once(|| {
                let _ignored = writeln!(
                    io::stderr(),
                    "skipped the tests with Redis: redis-server is not installed"
                );
            });
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let directory =
            std::env::temp_dir().join(format!("sojourn-redis-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let process = spawn(port, &directory);
        Some(Self {
            port,
            directory,
            process,
        })
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// A connected handle, with a timeout that suffices on a busy machine.
    pub async fn connect(&self) -> Redis {
        self.connect_with(RedisOptions {
            timeout: Duration::from_secs(2),
        })
        .await
    }

    /// A connected handle.
    pub async fn connect_with(&self, options: RedisOptions) -> Redis {
        let redis = Redis::connect(&self.url(), options).unwrap();
        redis.ping(Duration::from_secs(5)).await.unwrap();
        redis
    }

    /// A connection that bypasses the adapter.
    pub fn raw(&self) -> redis::Connection {
        redis::Client::open(self.url())
            .unwrap()
            .get_connection()
            .unwrap()
    }

    /// The sorted keys that contain this text.
    pub fn keys(&self, part: &str) -> Vec<String> {
        let mut keys: Vec<String> = redis::cmd("KEYS")
            .arg(format!("*{part}*"))
            .query(&mut self.raw())
            .unwrap();
        keys.sort();
        keys
    }

    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Starts it again on the same port, with the data of its last save.
    pub fn restart(&mut self) {
        self.process = spawn(self.port, &self.directory);
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .args([signal, &self.process.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let _dead_already = self.process.kill();
        let _reaped = self.process.wait();
        let _left_behind = std::fs::remove_dir_all(&self.directory);
    }
}

/// Starts a server and waits until it listens.
fn spawn(port: u16, directory: &PathBuf) -> Child {
    let mut command = Command::new("redis-server");
    command.args([
        "--bind",
        "127.0.0.1",
        "--port",
        &port.to_string(),
        "--save",
        "",
        "--appendonly",
        "no",
    ]);
    let process = command
        .arg("--dir")
        .arg(directory)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "redis-server does not listen"
        );
        sleep(Duration::from_millis(10));
    }
    process
}

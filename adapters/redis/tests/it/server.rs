//! A Redis of the test's own.

use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::thread::sleep;
use std::time::{Duration, Instant};

use sojourn_redis::{Redis, RedisOptions};

/// A `redis-server` on a free port, gone with the test.
pub struct Server {
    pub port: u16,
    folder: PathBuf,
    process: Child,
}

impl Server {
    /// Nothing where there is no `redis-server`. Under `CI` there must be.
    pub fn start() -> Option<Self> {
        let installed = Command::new("redis-server")
            .arg("--version")
            .stdout(Stdio::null())
            .status()
            .is_ok();
        if !installed {
            assert!(
                std::env::var_os("CI").is_none(),
                "CI runs the tests against Redis: install redis-server"
            );
            static ONCE: Once = Once::new();
            ONCE.call_once(|| {
                let _nobody_reads = writeln!(
                    io::stderr(),
                    "skipped: everything on Redis: no redis-server"
                );
            });
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let folder =
            std::env::temp_dir().join(format!("sojourn-redis-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let process = spawn(port, &folder);
        Some(Self {
            port,
            folder,
            process,
        })
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// A handle that has found the server, and has the patience that a busy machine asks for.
    pub async fn connect(&self) -> Redis {
        self.connect_with(RedisOptions {
            timeout: Duration::from_secs(2),
        })
        .await
    }

    /// A handle that has found the server.
    pub async fn connect_with(&self, options: RedisOptions) -> Redis {
        let redis = Redis::connect(&self.url(), options).unwrap();
        redis.ping(Duration::from_secs(5)).await.unwrap();
        redis
    }

    /// Past the adapter.
    pub fn raw(&self) -> redis::Connection {
        redis::Client::open(self.url())
            .unwrap()
            .get_connection()
            .unwrap()
    }

    /// The names of what is kept there that contain this, in order.
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

    /// On the same port, with what it saved last.
    pub fn restart(&mut self) {
        self.process = spawn(self.port, &self.folder);
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .args([signal, &self.process.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _dead_already = self.process.kill();
        let _reaped = self.process.wait();
        let _left_behind = std::fs::remove_dir_all(&self.folder);
    }
}

/// Returns when it listens.
fn spawn(port: u16, folder: &PathBuf) -> Child {
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
        .arg(folder)
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

//! A Redis server for one test, which can be frozen and killed.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard};
use std::thread::sleep;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::skipped;

/// Generous, for a busy machine.
const LIMIT: Duration = Duration::from_secs(20);
/// A reply is complete when nothing more arrives for this time.
const QUIET: Duration = Duration::from_millis(100);

/// An empty Redis on a free port that ends with the test.
pub struct TestRedis {
    port: u16,
    folder: PathBuf,
    process: Mutex<Child>,
}

impl TestRedis {
    /// Starts a server. Without `redis-server` it is skipped with a message; under `CI` it is required.
    pub fn start() -> Option<Self> {
        if Command::new("redis-server")
            .arg("--version")
            .stdout(Stdio::null())
            .status()
            .is_err()
        {
            assert!(
                std::env::var_os("CI").is_none(),
                "CI runs the tests against Redis: install redis-server"
            );
            skipped("what needs Redis: redis-server is not installed");
            return None;
        }
        let folder =
            std::env::temp_dir().join(format!("sojourn-redis-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let redis = Self {
            port,
            process: Mutex::new(run(port, &folder)),
            folder,
        };
        redis.wait();
        Some(redis)
    }

    /// For `REDIS_URL`.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Accepts connections and answers nothing until [`Self::thaw`].
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    /// Answers again, beginning with the pending commands.
    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    /// Kills the process; nothing listens on the port afterwards.
    pub fn kill(&self) {
        let mut process = self.process();
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// Starts an empty server on the same port, killing the running one.
    pub fn restart(&self) {
        self.kill();
        *self.process() = run(self.port, &self.folder);
        self.wait();
    }

    /// The raw reply (RESP) to a command.
    pub fn ask(&self, words: &[&str]) -> io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(LIMIT))?;
        let mut command = format!("*{}\r\n", words.len());
        for word in words {
            command.push_str(&format!("${}\r\n{word}\r\n", word.len()));
        }
        stream.write_all(command.as_bytes())?;
        let (mut answer, mut part) = (Vec::new(), [0; 4096]);
        loop {
            match stream.read(&mut part) {
                Ok(0) => break,
                Ok(length) => answer.extend_from_slice(&part[..length]),
                Err(_) if !answer.is_empty() => break,
                Err(error) => return Err(error),
            }
            stream.set_read_timeout(Some(QUIET))?;
        }
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    fn signal(&self, signal: &str) {
        let process = self.process().id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &process])
                .status()
                .unwrap()
                .success()
        );
    }

    fn wait(&self) {
        let began = Instant::now();
        while !self
            .ask(&["PING"])
            .is_ok_and(|answer| answer.starts_with("+PONG"))
        {
            if let Some(ended) = self.process().try_wait().unwrap() {
                panic!("redis-server on port {} ended: {ended}", self.port);
            }
            assert!(
                began.elapsed() < LIMIT,
                "redis-server does not answer on port {}",
                self.port
            );
            sleep(Duration::from_millis(20));
        }
    }

    fn process(&self) -> MutexGuard<'_, Child> {
        self.process.lock().unwrap()
    }
}

impl Drop for TestRedis {
    fn drop(&mut self) {
        let mut process = self
            .process
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let _dead = process.kill();
        let _reaped = process.wait();
        let _gone = std::fs::remove_dir_all(&self.folder);
    }
}

/// Runs `redis-server` without persistence.
fn run(port: u16, folder: &std::path::Path) -> Child {
    let (port, folder) = (port.to_string(), folder.display().to_string());
    let own = [
        "--port",
        &port,
        "--dir",
        &folder,
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
    ];
    Command::new("redis-server")
        .args(own)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

//! The program in a process of its own, so that what it logs and how it ends can be looked at.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use clap::Parser as _;
use sojourn::cli::Cli;
use sojourn::commands::{failure, run};
use uuid::Uuid;

const WORDS: &str = "SOJOURN_TEST_WORDS";

/// Long enough for a busy machine; nothing waits so long when all is well.
const LIMIT: Duration = Duration::from_secs(60);

/// The program, run with nothing in its environment but what it is given.
pub struct Program {
    child: Child,
    pub folder: PathBuf,
}

impl Program {
    /// Runs it with these words behind its name. Its data folder goes away with it.
    pub fn run(words: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder =
            std::env::temp_dir().join(format!("sojourn-program-{}", Uuid::now_v7().simple()));
        fs::create_dir_all(&folder).unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "doors::program::the_program",
                "--ignored",
                "--nocapture",
            ])
            .current_dir(&folder)
            .env_clear()
            .env(WORDS, words.join("\n"))
            .env("SOJOURN_LISTEN", "127.0.0.1:0")
            .env("SOJOURN_DATA_DIR", &folder)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::from(File::create(folder.join("said")).unwrap()))
            .stderr(Stdio::from(File::create(folder.join("log")).unwrap()))
            .spawn()
            .unwrap();
        Self { child, folder }
    }

    /// Where it listens, as soon as it does.
    pub fn url(&mut self) -> String {
        let began = Instant::now();
        loop {
            let said = self.said();
            if let Some((_, rest)) = said.split_once("listening on ")
                && let Some((url, _)) = rest.split_once('\n')
            {
                return url.to_owned();
            }
            let ended = self.child.try_wait().unwrap();
            assert!(
                ended.is_none() && began.elapsed() < LIMIT,
                "{ended:?}: {}",
                self.log()
            );
            sleep(Duration::from_millis(20));
        }
    }

    /// What it ends with by itself.
    pub fn end(&mut self) -> Option<i32> {
        let began = Instant::now();
        loop {
            if let Some(ended) = self.child.try_wait().unwrap() {
                return ended.code();
            }
            assert!(began.elapsed() < LIMIT, "it does not end: {}", self.log());
            sleep(Duration::from_millis(20));
        }
    }

    /// Ends it as an operator does.
    pub fn stop(&mut self) {
        let process = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &process])
                .status()
                .unwrap()
                .success()
        );
        self.end();
    }

    /// What it printed.
    pub fn said(&self) -> String {
        read(&self.folder.join("said"))
    }

    /// What it logged.
    pub fn log(&self) -> String {
        read(&self.folder.join("log"))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _dead = self.child.kill();
        let _reaped = self.child.wait();
        let _gone = fs::remove_dir_all(&self.folder);
    }
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned()
}

/// What `main` does. Without its words it does nothing.
#[test]
#[ignore = "it is the process that other tests look at"]
fn the_program() {
    let Ok(words) = std::env::var(WORDS) else {
        return;
    };
    std::thread::spawn(|| {
        // The parent holds the other end for as long as it lives.
        let _ended = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(3);
    });
    let cli = Cli::parse_from(std::iter::once("sojourn").chain(words.split('\n')));
    let otherwise = failure(&cli.command);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let code = runtime.block_on(run(cli)).unwrap_or_else(|error| {
        eprintln!("error: {error}");
        otherwise
    });
    let known = (0..=u8::MAX).find(|&number| ExitCode::from(number) == code);
    std::process::exit(known.map_or(4, i32::from));
}

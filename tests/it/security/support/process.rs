//! The program in a process of its own, with its output and exit code.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use clap::Parser as _;
use sojourn::cli::Cli;
use sojourn::commands::{failure_exit_code, run};
use uuid::Uuid;

const ARGUMENTS: &str = "SOJOURN_TEST_ARGUMENTS";

/// Generous, for a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// A file of the program that runs in the place of this test binary, such as a release build.
const PROGRAM: &str = "SOJOURN_TEST_PROGRAM";

/// The running program, with no environment but the given variables.
pub struct Program {
    child: Child,
    pub folder: PathBuf,
}

/// A program that has ended.
pub struct Ended {
    /// The exit code, or `None` after a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub said: String,
    /// Standard error.
    pub log: String,
}

impl Program {
    /// Waits for the exit.
    pub fn end(mut self) -> Ended {
        Ended {
            code: self.wait_for_exit(),
            said: self.stdout(),
            log: self.log(),
        }
    }

    /// Runs the program with these arguments. Its data folder is removed afterwards.
    pub fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::run_after(":", arguments, variables)
    }

    /// The same after a command of the shell, which limits its resources.
    pub fn run_after(command: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder =
            std::env::temp_dir().join(format!("sojourn-program-{}", Uuid::now_v7().simple()));
        fs::create_dir_all(&folder).unwrap();
        let this = || {
            vec![
                std::env::current_exe().unwrap().into_os_string(),
                "--exact".into(),
                "security::support::process::child_process_main".into(),
                "--ignored".into(),
                "--nocapture".into(),
            ]
        };
        let other = |program| {
            let arguments = arguments.iter().map(OsString::from);
            std::iter::once(program).chain(arguments).collect()
        };
        let command_line: Vec<OsString> = std::env::var_os(PROGRAM).map_or_else(this, other);
        let child = Command::new("/bin/sh")
            .args(["-c", &format!("{command}; exec \"$0\" \"$@\"")])
            .args(command_line)
            .current_dir(&folder)
            .env_clear()
            .env(ARGUMENTS, arguments.join("\n"))
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

    /// The URL at which it listens, as soon as it does.
    pub fn url(&mut self) -> String {
        let began = Instant::now();
        loop {
            let said = self.stdout();
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

    /// Waits for the exit; the exit code, or `None` after a signal.
    pub fn wait_for_exit(&mut self) -> Option<i32> {
        let began = Instant::now();
        loop {
            if let Some(ended) = self.child.try_wait().unwrap() {
                return ended.code();
            }
            assert!(began.elapsed() < LIMIT, "it does not end: {}", self.log());
            sleep(Duration::from_millis(20));
        }
    }

    /// True until it has ended.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Its resident memory, in bytes.
    pub fn resident_memory(&self) -> u64 {
        self.memory("VmRSS:")
    }

    /// The most resident memory that it has had, in bytes.
    pub fn peak_memory(&self) -> u64 {
        self.memory("VmHWM:")
    }

    fn memory(&self, name: &str) -> u64 {
        let status = read(Path::new(&format!("/proc/{}/status", self.child.id())));
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.unwrap().parse::<u64>().unwrap() * 1024
    }

    /// Number of its open files.
    pub fn open_files(&self) -> usize {
        let files = fs::read_dir(format!("/proc/{}/fd", self.child.id()));
        files.unwrap().count()
    }

    /// Sends SIGTERM and waits.
    pub fn stop(&mut self) {
        let process = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &process])
                .status()
                .unwrap()
                .success()
        );
        self.wait_for_exit();
    }

    /// Standard output so far.
    pub fn stdout(&self) -> String {
        read(&self.folder.join("said"))
    }

    /// Standard error so far.
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

/// Entry point of the child process. Does nothing without its arguments.
#[test]
#[ignore = "it is the process that other tests look at"]
fn child_process_main() {
    let Ok(arguments) = std::env::var(ARGUMENTS) else {
        return;
    };
    std::thread::spawn(|| {
        // The parent holds the other end for as long as it lives.
        let _ended = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(3);
    });
    let cli = Cli::parse_from(std::iter::once("sojourn").chain(arguments.split('\n')));
    let otherwise = failure_exit_code(&cli.command);
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

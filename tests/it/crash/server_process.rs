//! A server in a process of its own, to be killed.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sojourn::app::Overrides;
use sojourn_domain::payment::GatewayCallKind;
use sojourn_tests::{TestClock, TestDatabase, settings};

use super::failpoints::{Failpoint, Point};

const FOLDER: &str = "SOJOURN_CRASH_FOLDER";
const DATABASE: &str = "SOJOURN_CRASH_DATABASE";
const POINT: &str = "SOJOURN_CRASH_POINT";
const KIND: &str = "SOJOURN_CRASH_KIND";
const AHEAD: &str = "SOJOURN_CRASH_AHEAD";

/// Generous, for a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// The failpoint at which a process is killed, if not at any moment.
#[derive(Clone, Copy)]
pub struct CrashPlan {
    pub at: Option<(Point, GatewayCallKind)>,
    /// Offset of its clock.
    pub ahead: TimeDelta,
}

pub struct ServerProcess {
    pub url: String,
    child: Child,
    folder: PathBuf,
}

impl ServerProcess {
    /// Starts the process and waits until it listens.
    pub fn start(database: &TestDatabase, folder: &Path, order: CrashPlan) -> Self {
        for file in ["url", "reached"] {
            let _not_there = fs::remove_file(folder.join(file));
        }
        let log = File::create(folder.join("server.log")).unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "crash::server_process::server_to_be_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(FOLDER, folder)
            .env(DATABASE, &database.url)
            .envs(order.at.map(|(point, _)| (POINT, format!("{point:?}"))))
            .envs(order.at.map(|(_, kind)| (KIND, kind.as_str())))
            .env(AHEAD, order.ahead.num_seconds().to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::from(log.try_clone().unwrap()))
            .stderr(Stdio::from(log))
            .spawn()
            .unwrap();
        let mut process = Self {
            url: String::new(),
            child,
            folder: folder.to_owned(),
        };
        process.wait_for("url");
        process.url = fs::read_to_string(folder.join("url")).unwrap();
        process
    }

    /// Waits until the process has reached its failpoint and kills it.
    pub fn kill_at_failpoint(mut self) {
        self.wait_for("reached");
        self.kill();
    }

    /// Kills the process at once.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn wait_for(&mut self, file: &str) {
        let began = Instant::now();
        while !self.folder.join(file).exists() {
            let ended = self.child.try_wait().unwrap();
            if ended.is_some() || began.elapsed() > LIMIT {
                let log = fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
                panic!("no {file} from the process ({ended:?}):\n{log}");
            }
            sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _dead = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Entry point of the child process: a real server whose ports hang at the failpoint, if any. Does nothing without the
/// environment variables of its parent.
#[test]
#[ignore = "it is the process that the other tests of this module kill"]
fn server_to_be_killed() {
    let Ok(folder) = std::env::var(FOLDER).map(PathBuf::from) else {
        return;
    };
    let order = |name: &str| std::env::var(name).unwrap();
    std::thread::spawn(end_with_parent);
    let failpoint = std::env::var(POINT).ok().map(|point| {
        let kind = order(KIND).parse::<GatewayCallKind>().unwrap();
        Failpoint::new(Point::from_name(&point), kind, folder.join("reached"))
    });
    let ahead = TimeDelta::seconds(order(AHEAD).parse().unwrap());
    let overrides = Overrides {
        clock: Some(Arc::new(TestClock::new(ahead, 1))),
        ports: Some(Arc::new(move |ports| match &failpoint {
            Some(failpoint) => failpoint.wrap(ports),
            None => ports,
        })),
        ..Default::default()
    };
    let settings = settings(&folder, &order(DATABASE), &[]);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut running = sojourn::app::start(&settings, overrides).await.unwrap();
        let unfinished = folder.join("url.part");
        fs::write(&unfinished, running.url()).unwrap();
        fs::rename(unfinished, folder.join("url")).unwrap();
        running.wait().await.unwrap();
    });
}

/// Exits when standard input is closed, that is, when the parent has ended.
fn end_with_parent() {
    let _ended = std::io::stdin().read_to_end(&mut Vec::new());
    std::process::exit(1);
}

//! A server in a process of its own, which is killed.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sojourn::app::Overrides;
use sojourn_domain::payment::CallKind;
use sojourn_tests::{OtherClock, TestDatabase, settings};

use super::stop::{Point, Stop};

const FOLDER: &str = "SOJOURN_VICTIM_FOLDER";
const DATABASE: &str = "SOJOURN_VICTIM_DATABASE";
const POINT: &str = "SOJOURN_VICTIM_POINT";
const KIND: &str = "SOJOURN_VICTIM_KIND";
const AHEAD: &str = "SOJOURN_VICTIM_AHEAD";

/// Long enough for a busy machine; nothing waits so long when all is well.
const LIMIT: Duration = Duration::from_secs(60);

/// Where and when a process is to stop.
#[derive(Clone, Copy)]
pub struct Order {
    pub point: Point,
    pub kind: CallKind,
    /// How far its clock is ahead.
    pub ahead: TimeDelta,
}

pub struct Victim {
    pub url: String,
    child: Child,
    folder: PathBuf,
}

impl Victim {
    /// Starts it and waits until it listens.
    pub fn start(database: &TestDatabase, folder: &Path, order: Order) -> Self {
        for file in ["url", "reached"] {
            let _not_there = fs::remove_file(folder.join(file));
        }
        let log = File::create(folder.join("victim.log")).unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "kill::victim::server_to_be_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(FOLDER, folder)
            .env(DATABASE, &database.url)
            .env(POINT, format!("{:?}", order.point))
            .env(KIND, order.kind.as_str())
            .env(AHEAD, order.ahead.num_seconds().to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::from(log.try_clone().unwrap()))
            .stderr(Stdio::from(log))
            .spawn()
            .unwrap();
        let mut victim = Self {
            url: String::new(),
            child,
            folder: folder.to_owned(),
        };
        victim.wait_for("url");
        victim.url = fs::read_to_string(folder.join("url")).unwrap();
        victim
    }

    /// Waits until it stands at its point, and kills it there.
    pub fn kill_at_its_point(mut self) {
        self.wait_for("reached");
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn wait_for(&mut self, file: &str) {
        let began = Instant::now();
        while !self.folder.join(file).exists() {
            let ended = self.child.try_wait().unwrap();
            if ended.is_some() || began.elapsed() > LIMIT {
                let log = fs::read_to_string(self.folder.join("victim.log")).unwrap_or_default();
                panic!("no {file} from the process ({ended:?}):\n{log}");
            }
            sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        let _dead = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The program of the process: a real server whose ports stop where they are told. Without its orders it does
/// nothing.
#[test]
#[ignore = "it is the process that the other tests of this module kill"]
fn server_to_be_killed() {
    let Ok(folder) = std::env::var(FOLDER).map(PathBuf::from) else {
        return;
    };
    let order = |name: &str| std::env::var(name).unwrap();
    std::thread::spawn(end_with_parent);
    let kind = CallKind::from_word(&order(KIND)).unwrap();
    let stop = Stop::new(Point::named(&order(POINT)), kind, folder.join("reached"));
    let ahead = TimeDelta::seconds(order(AHEAD).parse().unwrap());
    let overrides = Overrides {
        clock: Some(Arc::new(OtherClock::new(ahead, 1))),
        ports: Some(Arc::new(move |ports| stop.around(ports))),
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
        running.ended().await.unwrap();
    });
}

/// The parent holds the other end of standard input for as long as it lives.
fn end_with_parent() {
    let _ended = std::io::stdin().read_to_end(&mut Vec::new());
    std::process::exit(1);
}

//! Two servers on one PostgreSQL and one Redis.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use sojourn_tests::{Client, Server, ServerOptions, TestDatabase, TestRedis, databases};
use uuid::Uuid;

/// A long Redis timeout, for tests that do not measure latency.
pub const PATIENT: (&str, &str) = ("SOJOURN_REDIS_TIMEOUT_MS", "5000");

/// Time within which Redis must be in use again after an outage.
pub const RECOVERY: Duration = Duration::from_secs(5);

/// Two servers of one marketplace.
pub struct Cluster {
    pub one: Server,
    pub other: Server,
    pub redis: TestRedis,
    pub database: TestDatabase,
    pub folder: Folder,
}

/// A folder that is removed with the test.
pub struct Folder(pub PathBuf);

impl Cluster {
    /// Starts the servers; `None`, with a message, without Redis or PostgreSQL.
    pub fn start(variables: &[(&str, &str)]) -> Option<Self> {
        let redis = TestRedis::start()?;
        let url = redis.url();
        Self::reaching(redis, &url, variables)
    }

    /// Starts the servers with another URL for Redis.
    pub fn reaching(redis: TestRedis, url: &str, variables: &[(&str, &str)]) -> Option<Self> {
        let (database, folder) = (postgres()?, Folder::new());
        let all = [&[("REDIS_URL", url)], variables].concat();
        let start = || ServerOptions {
            folder: Some(&folder.0),
            variables: &all,
            ..ServerOptions::default()
        };
        let (one, other) = (
            Server::with(&database, start()),
            Server::with(&database, start()),
        );
        Some(Self {
            one,
            other,
            redis,
            database,
            folder,
        })
    }

    /// Both servers.
    pub fn servers(&self) -> [&Server; 2] {
        [&self.one, &self.other]
    }

    /// The same client at each server.
    pub fn both(&self, client: &Client) -> [Client; 2] {
        self.servers().map(|server| client.at(&server.url))
    }

    /// True if both servers use Redis now.
    pub fn use_redis(&self) -> bool {
        self.servers()
            .iter()
            .all(|server| server.ports.cache.report().available)
    }

    /// Waits until both servers use Redis; the time it took. Fails after five seconds.
    pub fn recovery(&self) -> Duration {
        let began = Instant::now();
        while !self.use_redis() {
            assert!(
                began.elapsed() < RECOVERY,
                "Redis is back and not used after {RECOVERY:?}"
            );
            sleep(Duration::from_millis(5));
        }
        began.elapsed()
    }

    /// A counter of one cache namespace on one server: hits, misses or garbage.
    pub fn counted(server: &Server, operator: &Client, namespace: &str, what: &str) -> u64 {
        let report = operator
            .at(&server.url)
            .get("/v1/admin/cache")
            .expect(200)
            .json();
        assert_eq!(report["backend"], "redis");
        let rows = report["counts"].as_array().unwrap();
        let row = rows.iter().find(|row| row["shelf"] == namespace).unwrap();
        row[what].as_u64().unwrap()
    }
}

impl Folder {
    pub fn new() -> Self {
        let path =
            std::env::temp_dir().join(format!("sojourn-cluster-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

/// A database that several servers may share, if there is one.
pub fn postgres() -> Option<TestDatabase> {
    databases()
        .into_iter()
        .find(|database| database.name == "PostgreSQL")
}

/// The ids in a list.
pub fn ids(list: &Value) -> Vec<String> {
    let rows = list["data"].as_array().unwrap();
    rows.iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

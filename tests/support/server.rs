//! A running server.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use serde_json::json;
use sojourn::app::{Overrides, Running};
use sojourn::config::{Settings, Sources};
use sojourn_application::doctor::{self, Report};
use sojourn_application::ports::Ports;
use sojourn_application::user::create_admin;
use tokio::runtime::{Builder, Runtime};

use crate::{Client, OtherClock, TestDatabase};

/// A server of its own, with its worker.
pub struct Server {
    pub url: String,
    /// Its ports, to look behind it.
    pub ports: Ports,
    /// Its mails, and the book of its payment provider.
    pub folder: PathBuf,
    running: Option<Running>,
    runtime: Runtime,
    passing: bool,
}

/// What a server is started with.
#[derive(Clone, Default)]
pub struct Start<'a> {
    /// A folder that stays, for one that goes away with the server.
    pub folder: Option<&'a Path>,
    /// A clock instead of the machine's.
    pub clock: Option<OtherClock>,
    /// Environment variables more.
    pub variables: &'a [(&'a str, &'a str)],
}

impl Server {
    pub fn start(database: &TestDatabase) -> Self {
        Self::with(database, Start::default())
    }

    pub fn with(database: &TestDatabase, start: Start<'_>) -> Self {
        database.open();
        let temporary =
            || std::env::temp_dir().join(format!("sojourn-server-{}", uuid::Uuid::now_v7().simple()));
        let folder = start.folder.map_or_else(temporary, Path::to_owned);
        let settings = settings(&folder, &database.url, start.variables);
        let overrides =
            Overrides { clock: start.clock.map(|clock| Arc::new(clock) as _), ..Overrides::default() };
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let running = runtime.block_on(sojourn::app::start(&settings, overrides)).unwrap();
        Self {
            url: running.url(),
            ports: running.ports.clone(),
            folder,
            running: Some(running),
            runtime,
            passing: start.folder.is_none(),
        }
    }

    /// Where it writes its mails.
    pub fn mail(&self) -> PathBuf {
        self.folder.join("mail")
    }

    /// Somebody who is not logged in.
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// Registers somebody, proves the address with the mailed token, and logs in.
    pub fn join(&self, name: &str) -> Client {
        let email = format!("{name}-{}@test.example", uuid::Uuid::now_v7().simple());
        let password = "four quiet lanterns";
        let body = json!({"email": email, "password": password, "first_name": name, "last_name": "Test"});
        self.client().post("/v1/users/", &body).expect(201);
        let token = self.mailed_token(&email);
        self.client().post("/v1/auth/email/verify", &json!({"token": token})).expect(204);
        let login = self.client().post("/v1/auth/login", &json!({"email": email, "password": password}));
        self.client().with_token(login.expect(200).at("/access_token"))
    }

    /// An operator, logged in.
    pub fn operator(&self) -> Client {
        let email = format!("operator-{}@test.example", uuid::Uuid::now_v7().simple());
        let password = "four quiet lanterns";
        self.block_on(create_admin(&self.ports, email.clone(), password.to_owned())).unwrap();
        let login = self.client().post("/v1/auth/login", &json!({"email": email, "password": password}));
        self.client().with_token(login.expect(200).at("/access_token"))
    }

    fn mailed_token(&self, email: &str) -> String {
        for _ in 0..200 {
            let files =
                std::fs::read_dir(self.mail()).into_iter().flatten().flatten().map(|entry| entry.path());
            let mails = files.filter(|path| path.extension().is_some_and(|extension| extension == "eml"));
            for mail in mails.filter_map(|path| std::fs::read_to_string(path).ok()) {
                if let Some((_, rest)) = mail.split_once("token=").filter(|_| mail.contains(email)) {
                    return rest
                        .chars()
                        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
                        .collect();
                }
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("no mail to {email} in {}", self.mail().display());
    }

    /// Runs what is asynchronous.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Waits until the payment provider has answered everything and nothing is due, or fails after this time.
    pub fn settle(&self, limit: Duration) {
        let began = Instant::now();
        loop {
            let open = self.block_on(self.open());
            if open.is_empty() {
                return;
            }
            assert!(began.elapsed() < limit, "still open after {limit:?}: {open:#?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    async fn open(&self) -> Vec<String> {
        let now = self.ports.clock.now();
        let later = now + TimeDelta::days(1);
        let unanswered = self.ports.payments.unanswered(later, 100).await.unwrap();
        let payouts = self.ports.payments.payouts_due(now, 100).await.unwrap();
        let due = self.ports.bookings.due(now, 100).await.unwrap();
        let payments = unanswered.into_iter().chain(payouts).map(|it| format!("{it:?}"));
        payments.chain(due.into_iter().map(|it| format!("{it:?}"))).collect()
    }

    /// Everything examined.
    pub fn examine(&self) -> Report {
        self.block_on(doctor::examine(&self.ports, &mut |_, _| {})).unwrap()
    }

    /// Ends it and waits for it; a folder that was given stays.
    pub fn stop(self) {}
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ended = self.runtime.block_on(running.stop());
        }
        if self.passing {
            let _gone = std::fs::remove_dir_all(&self.folder);
        }
    }
}

/// Settings of a server on a free port.
pub fn settings(folder: &Path, database: &str, variables: &[(&str, &str)]) -> Settings {
    let own = [
        ("SOJOURN_LISTEN", "127.0.0.1:0".to_owned()),
        ("SOJOURN_DATA_DIR", folder.display().to_string()),
        ("DATABASE_URL", database.to_owned()),
    ];
    let more = variables.iter().map(|&(name, value)| (name, value.to_owned()));
    Settings::load(&Sources::of_variables(own.into_iter().chain(more))).unwrap()
}

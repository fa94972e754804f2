//! The statements that servers send to their databases.

use std::sync::{Arc, Mutex, Once, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use crate::TestDatabase;

type Statements = Arc<Mutex<Vec<String>>>;

/// The logs by the name of their database.
static LOGS: Mutex<Vec<(String, Statements)>> = Mutex::new(Vec::new());

static INSTALLED: Once = Once::new();

/// The statements that reach a database, with those that begin and end transactions, over connections that are made
/// after the log. Settings of connections are not among them.
pub struct StatementLog(Statements);

impl StatementLog {
    /// A log of a database. Open it before the server.
    pub fn of(database: &TestDatabase) -> Self {
        INSTALLED.call_once(|| set_default_instrumentation(recorder).unwrap());
        let statements = Statements::default();
        let name = unique_name(&database.url).unwrap().to_owned();
        lock(&LOGS).push((name, Arc::clone(&statements)));
        Self(statements)
    }

    /// The statements since the last call.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.0))
    }
}

impl Drop for StatementLog {
    fn drop(&mut self) {
        lock(&LOGS).retain(|(_, statements)| !Arc::ptr_eq(statements, &self.0));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The id in the URL of a database that is removed with its test.
fn unique_name(url: &str) -> Option<&str> {
    let mut words = url.split(|it: char| !it.is_ascii_hexdigit());
    words.find(|word| word.len() == 32)
}

/// Records the statements of one connection if its database has a log.
struct Recorder(Option<Statements>);

impl Instrumentation for Recorder {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                let name = unique_name(url);
                let logs = lock(&LOGS);
                let log = logs.iter().find(|(known, _)| Some(known.as_str()) == name);
                self.0 = log.map(|(_, statements)| Arc::clone(statements));
            }
            InstrumentationEvent::StartQuery { query, .. } => {
                let Some(statements) = &self.0 else { return };
                let text = query.to_string();
                let is_setting = ["SET ", "PRAGMA "].iter().any(|it| text.starts_with(it));
                if !is_setting {
                    lock(statements).push(text);
                }
            }
            _ => {}
        }
    }
}

fn recorder() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(Recorder(None)))
}

//! Readiness in detail, for operators.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::ports::{HealthCheck as _, StatisticsQueries as _, WorkerRegistry as _};
use sojourn_domain::shared::RepositoryError;
use sojourn_metrics::Sources;
use sojourn_persistence::Database;
use tokio::time::timeout;

/// Time limit of the answer.
const TIMEOUT: Duration = Duration::from_millis(1500);

/// State of a process and of all that it needs.
#[derive(Debug, Serialize)]
pub(super) struct Readiness {
    /// `ready`, or `unavailable` if the database does not answer or take writes.
    pub(super) status: &'static str,
    version: &'static str,
    database: DatabaseState,
    cache: CacheState,
    workers: Vec<WorkerState>,
    /// Time for which the oldest due work has been due, of all kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_due_seconds: Option<i64>,
}

#[derive(Debug, Default, Serialize)]
struct DatabaseState {
    answers: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pending_migrations: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_migrations: Option<usize>,
}

#[derive(Debug, Serialize)]
struct CacheState {
    backend: &'static str,
    answers: bool,
}

#[derive(Debug, Serialize)]
struct WorkerState {
    kind: &'static str,
    workers: u32,
    last_seen_at: Option<DateTime<Utc>>,
    set_aside: u64,
}

/// Asks everything, within a time limit.
pub(super) async fn read(database: &Database, sources: &Sources) -> Readiness {
    let report = sources.cache.report();
    let mut readiness = Readiness {
        status: "unavailable",
        version: env!("CARGO_PKG_VERSION"),
        database: DatabaseState::default(),
        cache: CacheState {
            backend: report.backend,
            answers: report.available,
        },
        workers: Vec::new(),
        oldest_due_seconds: None,
    };
    let asked = timeout(TIMEOUT, ask(database, sources, &mut readiness)).await;
    let failure = match asked {
        Ok(Ok(())) => return readiness,
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("no answer within {} ms", TIMEOUT.as_millis()),
    };
    readiness.status = "unavailable";
    readiness.database.error = Some(failure);
    readiness
}

async fn ask(
    database: &Database,
    sources: &Sources,
    readiness: &mut Readiness,
) -> Result<(), RepositoryError> {
    database.ping().await?;
    let now = sources.clock.now();
    readiness.database = DatabaseState {
        answers: true,
        error: None,
        pending_migrations: Some(database.missing_migrations().await?),
        unknown_migrations: Some(database.unknown_migrations().await?),
    };
    let activity = database.activity().await?;
    readiness.workers = activity
        .into_iter()
        .map(|activity| WorkerState {
            kind: activity.kind.as_str(),
            workers: activity.workers,
            last_seen_at: activity.last_seen_at,
            set_aside: activity.set_aside,
        })
        .collect();
    let statistics = database.statistics(now).await?;
    let oldest = statistics.backlogs.iter().filter_map(|it| it.oldest_due_at);
    readiness.oldest_due_seconds = Some(oldest.min().map_or(0, |at| (now - at).num_seconds()));
    readiness.status = "ready";
    Ok(())
}

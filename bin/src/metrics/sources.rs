//! The sources of the gauges.

use std::sync::Arc;

use sojourn_application::ports::Ports;
use sojourn_metrics::{DatabaseLoad, Sources};
use sojourn_persistence::{Database, Load};

use crate::backup::last_verified;
use crate::config::Settings;

/// The sources of the gauges of a process with these ports.
pub(crate) fn sources(settings: &Settings, database: &Database, ports: &Ports) -> Sources {
    let threads = database.clone();
    let settings = settings.clone();
    Sources {
        database: Arc::new(move || load(threads.thread_load())),
        statistics: Arc::new(database.clone()),
        workers: Arc::clone(&ports.workers),
        audit: Arc::clone(&ports.audit),
        cache: Arc::clone(&ports.cache),
        verified_backup: Arc::new(move || last_verified(&settings)),
        clock: Arc::clone(&ports.clock),
    }
}

fn load(load: Load) -> DatabaseLoad {
    let Load {
        threads,
        queued,
        running,
        connections,
        idle_connections,
        done,
        refused,
        unavailable,
        lost,
        waited,
        worked,
    } = load;
    DatabaseLoad {
        threads,
        queued,
        running,
        connections,
        idle_connections,
        done,
        refused,
        unavailable,
        lost,
        waited,
        worked,
    }
}

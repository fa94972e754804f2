//! The sources of the gauges.

use std::sync::Arc;

use sojourn_application::ports::Ports;
use sojourn_metrics::{DatabaseLoad, Sources};
use sojourn_persistence::{Database, Load};

/// The sources of the gauges of a process with these ports.
pub(crate) fn sources(database: &Database, ports: &Ports) -> Sources {
    let threads = database.clone();
    Sources {
        database: Arc::new(move || load(threads.thread_load())),
        statistics: Arc::new(database.clone()),
        workers: Arc::clone(&ports.workers),
        audit: Arc::clone(&ports.audit),
        cache: Arc::clone(&ports.cache),
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

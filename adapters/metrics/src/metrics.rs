//! The metrics of a process.

use std::sync::Arc;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use prometheus::{Registry, TextEncoder};
use sojourn_application::jobs::Work;
use sojourn_application::ports::Ports;

use crate::families::Families;
use crate::observed::{Counters, ObservedWork, observe};
use crate::scraped::{Gauges, Sources};

/// A family of metrics could not be registered or rendered.
#[derive(Debug, thiserror::Error)]
#[error("metrics: {0}")]
pub struct MetricsError(#[from] prometheus::Error);

/// The metrics of a process. Clones share them.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    registry: Registry,
    counters: Arc<Counters>,
    /// Only one rendering at a time writes the gauges.
    gauges: Mutex<Gauges>,
}

impl Metrics {
    /// Registers all families of a program with this version.
    ///
    /// # Errors
    /// [`MetricsError`].
    pub fn new(version: &str) -> Result<Self, MetricsError> {
        let registry = Registry::new();
        let counters = Counters::register(&Families::of_program(&registry))?;
        let gauges = Gauges::register(&registry, version)?;
        Ok(Self(Arc::new(Inner {
            registry,
            counters: Arc::new(counters),
            gauges: Mutex::new(gauges),
        })))
    }

    /// Wraps the ports such that their calls are counted.
    #[must_use]
    pub fn observe(&self, ports: Ports) -> Ports {
        observe(ports, &self.0.counters)
    }

    /// Wraps background work such that its attempts are counted.
    #[must_use]
    pub fn observe_work(&self, work: Arc<dyn Work>) -> Arc<dyn Work> {
        Arc::new(ObservedWork::new(work, Arc::clone(&self.0.counters)))
    }

    /// Counts a response of the HTTP server. The route is a template, never a path.
    pub fn count_response(&self, method: &str, route: &str, status: u16, took: Duration) {
        self.0.counters.count_response(method, route, status, took);
    }

    /// Counts an operation over GraphQL. The field is a name of the schema, never a text of a client.
    pub fn count_graphql(&self, field: &str, outcome: &'static str, took: Duration) {
        self.0.counters.graphql.count(field, outcome, took);
    }

    /// Sets the number of open subscriptions.
    pub fn set_graphql_subscriptions(&self, open: usize) {
        self.0.counters.graphql.set_subscriptions(open);
    }

    /// Reads the gauges and renders all families. A source that does not answer within its time limit is left out.
    ///
    /// # Errors
    /// [`MetricsError`].
    pub async fn render(&self, sources: &Sources) -> Result<String, MetricsError> {
        let reading = sources.read().await;
        let gauges = self.0.gauges.lock().unwrap_or_else(PoisonError::into_inner);
        gauges.set(&reading);
        Ok(TextEncoder::new().encode_to_string(&self.0.registry.gather())?)
    }
}

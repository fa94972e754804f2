//! Registration of families of metrics.

use prometheus::core::Collector;
use prometheus::{
    Counter, Gauge, GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry,
};

/// Upper limits of durations in seconds: of answers from memory, of the database, and of slow partners.
const SECONDS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// Registers families whose names begin with a prefix.
pub(crate) struct Families<'a> {
    registry: &'a Registry,
    prefix: &'a str,
}

impl<'a> Families<'a> {
    /// Families of the program itself.
    pub(crate) const fn of_program(registry: &'a Registry) -> Self {
        Self {
            registry,
            prefix: "sojourn_",
        }
    }

    /// Families of the process, with the names that client libraries of Prometheus agree on.
    pub(crate) const fn of_process(registry: &'a Registry) -> Self {
        Self {
            registry,
            prefix: "process_",
        }
    }

    pub(crate) fn counters(
        &self,
        name: &str,
        help: &str,
        labels: &[&str],
    ) -> prometheus::Result<IntCounterVec> {
        self.register(IntCounterVec::new(self.options(name, help), labels)?)
    }

    pub(crate) fn durations(
        &self,
        name: &str,
        help: &str,
        labels: &[&str],
    ) -> prometheus::Result<HistogramVec> {
        let options = HistogramOpts::from(self.options(name, help)).buckets(SECONDS.to_vec());
        self.register(HistogramVec::new(options, labels)?)
    }

    pub(crate) fn gauges(
        &self,
        name: &str,
        help: &str,
        labels: &[&str],
    ) -> prometheus::Result<GaugeVec> {
        self.register(GaugeVec::new(self.options(name, help), labels)?)
    }

    pub(crate) fn gauge(&self, name: &str, help: &str) -> prometheus::Result<Gauge> {
        self.register(Gauge::with_opts(self.options(name, help))?)
    }

    pub(crate) fn seconds(&self, name: &str, help: &str) -> prometheus::Result<Counter> {
        self.register(Counter::with_opts(self.options(name, help))?)
    }

    fn options(&self, name: &str, help: &str) -> Opts {
        Opts::new(format!("{}{name}", self.prefix), help)
    }

    fn register<C: Collector + Clone + 'static>(&self, family: C) -> prometheus::Result<C> {
        self.registry.register(Box::new(family.clone()))?;
        Ok(family)
    }
}

/// A count as the value of a gauge.
#[expect(clippy::cast_precision_loss, reason = "no count reaches 2^53")]
pub(crate) const fn number(count: u64) -> f64 {
    count as f64
}

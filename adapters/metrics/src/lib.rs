//! Metrics in the text format of Prometheus.
//!
//! Counters are kept by decorators of the ports; gauges are read when the metrics are rendered. Labels have few values:
//! no id, address or text of a client is one.

mod families;
mod metrics;
mod observed;
mod scraped;

pub use metrics::{Metrics, MetricsError};
pub use scraped::{DatabaseLoad, Sources};

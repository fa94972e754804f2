//! Gauges that are read when the metrics are rendered.

mod gauges;
mod process;
mod sources;

pub(crate) use gauges::Gauges;
pub use sources::{DatabaseLoad, Sources};

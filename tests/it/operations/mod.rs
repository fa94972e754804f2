//! Running the program: metrics.

mod metrics;
mod statistics;

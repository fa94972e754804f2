//! Running the program: metrics.

mod metrics;
mod settings;
mod statistics;

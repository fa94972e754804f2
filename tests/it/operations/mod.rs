//! Running the program: metrics.

mod backup;
mod metrics;
mod settings;
mod statistics;

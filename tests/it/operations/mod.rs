//! Running the program: metrics.

mod backup;
mod demo;
mod metrics;
mod settings;
mod statistics;

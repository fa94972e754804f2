//! Running the program: settings, metrics, backups, the demo, and what a shell needs.

mod access_log;
mod backup;
mod copy;
mod demo;
mod metrics;
mod settings;
mod shell;
mod statistics;

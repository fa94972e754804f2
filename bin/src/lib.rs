//! The `sojourn` program: server, worker, importer and demo. The library lets tests start the real
//! server.

pub mod app;
mod backup;
pub mod cli;
pub mod commands;
pub mod config;
mod gateway_events;
pub mod import;
mod logging;
mod metrics;
pub mod seed;
pub mod terminal;
mod wiring;
mod worker;

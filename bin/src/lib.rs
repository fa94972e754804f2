//! One binary: server, worker, importer, demo. As a library it lets tests start the real server.

pub mod app;
pub mod cli;
pub mod commands;
pub mod config;
mod hearing;
pub mod import;
pub mod progress;
pub mod seed;
mod telemetry;
mod wiring;
mod worker;

//! One module for each command.

mod admin;
mod completions;
mod config;
mod copy;
mod demo;
mod doctor;
mod error;
mod graphql_schema;
mod health;
mod import;
mod jobs;
mod man;
mod migrate;
mod openapi;
mod run;
mod seed;
mod serve;
mod shutdown;
mod work;

pub use error::CommandError;
pub use run::{failure_exit_code, run};

//! Wiring: the adapter behind each port.

mod app_state;
mod await_database;
mod cache_and_limits;
mod database;
mod open_files;
mod ports;
mod start_error;

pub(crate) use app_state::app_state;
pub use cache_and_limits::Backends;
pub(crate) use cache_and_limits::CacheAndLimits;
pub(crate) use database::{database, in_background, open, require_current_schema};
pub(crate) use open_files::raise_limit as raise_limit_of_open_files;
pub(crate) use ports::{Dependencies, clock, ports, terms};
pub use start_error::StartError;

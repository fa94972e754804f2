//! The settings: defaults, overruled by `sojourn.toml`, overruled by the environment.

mod database;
mod secret;
mod settings;
mod sources;
mod terms;
mod unserved;

pub use database::DatabaseUrl;
pub use settings::{Environment, MailRoute, Settings};
pub use sources::{ConfigError, Sources};

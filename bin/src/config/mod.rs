//! Settings: defaults, overridden by `sojourn.toml`, overridden by environment variables.

mod database;
mod keys;
mod load;
mod mail;
mod network;
mod redis;
mod reserved_settings;
mod secret;
mod secret_strength;
mod settings;
mod signing;
mod sources;
mod terms;

pub use database::DatabaseUrl;
pub use mail::MailRoute;
pub use redis::RedisSettings;
pub use settings::{Environment, Settings};
pub use sources::{ConfigError, Sources};

//! Settings: defaults, overridden by `sojourn.toml`, overridden by environment variables.

mod database;
mod keys;
mod listing;
mod load;
mod mail;
mod network;
mod problems;
mod redis;
mod reserved_settings;
mod secret;
mod secret_strength;
mod settings;
mod signing;
mod sources;
mod terms;

pub use database::DatabaseUrl;
pub use listing::SettingInForce;
pub use mail::MailRoute;
pub use redis::RedisSettings;
pub use settings::{Environment, Settings};
pub use sources::{ConfigError, Sources};

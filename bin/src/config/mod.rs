//! The settings: defaults, overruled by `sojourn.toml`, overruled by the environment.

mod database;
mod keys;
mod load;
mod mail;
mod redis;
mod secret;
mod settings;
mod signing;
mod sources;
mod terms;
mod unserved;
mod web;

pub use database::DatabaseUrl;
pub use mail::MailRoute;
pub use redis::RedisSettings;
pub use settings::{Environment, Settings};
pub use sources::{ConfigError, Sources};

//! Accounts.

mod api;
mod dto;
mod get;
mod input;
mod list;
mod register;
mod update;

pub use api::{UserApi, routes};
pub(crate) use dto::instant;

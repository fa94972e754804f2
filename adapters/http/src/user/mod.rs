//! Accounts over HTTP.

mod account_dto;
pub(crate) mod admin_get;
pub(crate) mod admin_list;
pub(crate) mod admin_update;
mod api;
mod dto;
mod erase;
mod export;
mod export_dto;
mod get;
mod input;
mod list;
mod register;
pub(crate) mod reinstate;
pub(crate) mod suspend;
mod update;

pub use api::{UserApi, routes};
pub(crate) use dto::instant;

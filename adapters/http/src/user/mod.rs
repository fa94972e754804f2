//! Accounts over HTTP.

mod api;
mod dto;
mod erase;
mod export;
mod export_dto;
mod get;
mod input;
mod list;
mod register;
mod update;

pub use api::{UserApi, routes};
pub(crate) use dto::{RoleDto, UserDto, instant};

//! Accounts over HTTP.

mod account_dto;
mod admin_get;
mod admin_list;
mod admin_update;
mod dto;
mod erase;
mod export;
mod export_dto;
mod get;
mod input;
mod list;
mod list_reviews;
mod me;
mod operations;
mod register;
mod reinstate;
mod suspend;
mod update;
mod view_dto;

pub use operations::operations;

//! Wish lists over HTTP.

mod create;
mod delete;
mod dto;
mod expand;
mod get;
mod get_shared;
mod input;
mod list_items;
mod list_own;
mod operations;
mod remove_property;
mod save_property;
mod share;
mod stop_sharing;
mod update;

pub(crate) use dto::ExportedWishlistDto;
pub use operations::operations;

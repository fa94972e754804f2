//! Reviews over HTTP.

mod admin_list;
mod delete;
mod dto;
mod edit;
mod expand;
mod get;
mod input;
mod list_for_property;
mod list_own;
mod operations;
mod respond;
mod write;

pub(crate) use dto::{ReviewDto, ReviewList};
pub use operations::operations;

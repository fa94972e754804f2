//! Reviews over HTTP.

mod api;
mod delete;
mod dto;
mod edit;
mod get;
mod input;
mod list_own;
mod respond;
mod routes;
mod write;

pub use api::ReviewApi;
pub(crate) use dto::{ReviewDto, ReviewList};
pub use routes::routes;

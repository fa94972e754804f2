//! Properties over HTTP.

pub(crate) mod admin_list;
mod api;
mod calendar;
mod create;
mod delete;
mod dto;
mod get;
mod input;
mod list_dto;
mod list_reviews;
mod publish;
mod quote;
pub(crate) mod reinstate;
mod routes;
mod rules;
mod search;
pub(crate) mod suspend;
mod unpublish;
mod update;

pub use api::PropertyApi;
pub(crate) use dto::PropertyDto;
pub use routes::routes;
pub(crate) use rules::parse_basis_points;

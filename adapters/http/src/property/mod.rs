//! Properties over HTTP.

mod admin_list;
mod calendar;
mod create;
mod delete;
mod dto;
mod get;
mod input;
mod list_dto;
mod list_reviews;
mod operations;
mod publish;
mod quote;
mod reinstate;
mod rules;
mod search;
mod suspend;
mod unpublish;
mod update;

pub(crate) use dto::PropertyDto;
pub use operations::operations;
pub(crate) use rules::parse_basis_points;

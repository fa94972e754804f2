//! Properties over HTTP.

mod admin_list;
mod calendar;
mod create;
mod delete;
mod dto;
mod expand;
mod get;
mod input;
mod list_dto;
mod operations;
mod publish;
mod quote;
mod ratings_dto;
mod reinstate;
mod rules;
mod search;
mod similar;
mod suspend;
mod unpublish;
mod update;

pub(crate) use dto::PropertyDto;
pub(crate) use expand::expands;
pub use operations::operations;
pub(crate) use rules::parse_basis_points;

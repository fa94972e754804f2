//! Quotes over HTTP.

mod dto;
mod explanation_dto;
pub(super) mod get_quote;
pub(super) mod post_quote;

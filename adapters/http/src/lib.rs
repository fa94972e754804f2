//! The REST interface of Sojourn.

mod admin;
mod auth;
mod booking;
mod docs;
mod draining;
pub mod etag;
pub mod extract;
mod health;
pub mod merge_patch;
mod middleware;
pub mod money_dto;
mod openapi;
pub mod paging;
mod payment;
mod payout;
pub mod problem;
mod property;
mod review;
pub mod routing;
mod server;
mod user;

pub use openapi::{openapi, openapi_json};
pub use server::{AppState, configure, serve};

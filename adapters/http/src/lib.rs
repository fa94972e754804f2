//! The REST interface of Sojourn.

mod admin;
mod auth;
mod booking;
mod cached;
mod connections;
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
mod proxies;
mod review;
pub mod routing;
mod server;
mod user;
mod well_known;

pub use openapi::{openapi, openapi_json};
pub use proxies::{ProxyError, TrustedProxies};
pub use server::{AppState, configure, serve};

//! The REST interface of Sojourn.

mod admin_routes;
mod audit;
mod auth;
mod booking;
mod caching;
mod connections;
mod docs;
mod draining;
pub mod etag;
pub mod extract;
mod health;
mod ledger;
mod middleware;
mod openapi;
mod payment;
mod payout;
pub mod problem;
mod property;
mod proxies;
mod response;
mod review;
pub mod routing;
mod server;
mod user;
mod well_known;
pub mod wire;

pub use openapi::{openapi, openapi_json};
pub use proxies::{ProxyError, TrustedProxies};
pub use server::{AppState, configure, serve};

//! The REST interface of Sojourn.

mod api;
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
mod job;
mod known_parameters;
mod ledger;
mod middleware;
mod openapi;
mod operations;
mod payment;
mod payout;
pub mod problem;
mod property;
mod proxies;
mod response;
mod review;
mod route;
mod route_table;
pub mod routing;
mod server;
mod state;
mod user;
mod well_known;
pub mod wire;

pub use api::{openapi, openapi_json};
pub use proxies::{ProxyError, TrustedProxies};
pub use server::{configure, serve};
pub use state::AppState;

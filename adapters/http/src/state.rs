//! State shared by all handlers.

use std::sync::Arc;

use actix_web::web::ServiceConfig;
use sojourn_application::ports::{IdempotencyStore, Ports};

use crate::observer::Observer;
use crate::proxies::TrustedProxies;

/// Shared state of handlers, extracted as `web::Data<AppState>`.
#[derive(Clone)]
pub struct AppState {
    /// Ports of the application.
    pub ports: Ports,
    /// Stored responses of requests with an `Idempotency-Key`.
    pub idempotency: Arc<dyn IdempotencyStore>,
    /// Allowed origins of cross-origin requests; `*` allows all.
    pub cors_origins: Vec<String>,
    /// True in production.
    pub production: bool,
    /// Proxies whose `X-Forwarded-For` is trusted.
    pub proxies: TrustedProxies,
    /// Receives a note of every response.
    pub observer: Arc<dyn Observer>,
    /// Interfaces of other adapters, served by the same server.
    pub interfaces: Vec<MountedInterface>,
    /// Values with which the examples of the API document work on this server, for its page `/docs`.
    pub examples: Option<serde_json::Value>,
}

/// An interface of another adapter below a path of its own. It has the limits, the log and the headers of the server,
/// and responds to every method, with errors of its own form.
#[derive(Clone)]
pub struct MountedInterface {
    /// Its path.
    pub path: &'static str,
    /// Mounts its routes.
    pub configure: Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>,
    /// Pages of its own for browsers, served like `/docs`.
    pub pages: Vec<StaticPage>,
    /// Ends responses that would go on, when the server shuts down.
    pub stop: Arc<dyn Fn() + Send + Sync>,
}

/// A page that is part of the program.
#[derive(Debug, Clone, Copy)]
pub struct StaticPage {
    /// Its path.
    pub path: &'static str,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The page, compressed by gzip.
    pub gzip: &'static [u8],
}

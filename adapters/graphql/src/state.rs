//! State of the interface.

use std::sync::Arc;

use actix_web::HttpRequest;
use sojourn_application::access::ClientInfo;
use sojourn_application::ports::{IdempotencyStore, Ports};

use crate::persisted::PersistedQueries;
use crate::schema::Schemas;

/// Path of the interface.
pub const PATH: &str = "/graphql";

/// The GraphQL interface. The HTTP server around it tells it of its requests.
#[derive(Clone)]
pub struct Graphql {
    /// Ports of the application.
    pub ports: Ports,
    /// Stored responses of requests with an `Idempotency-Key`.
    pub idempotency: Arc<dyn IdempotencyStore>,
    /// True to answer questions about the schema, to suggest names, and to send browsers to the editor.
    pub introspection: bool,
    /// Address and device of the client of a request.
    pub client: fn(&HttpRequest) -> ClientInfo,
    /// Id of a request.
    pub request_id: fn(&HttpRequest) -> String,
}

/// State of the routes.
pub(crate) struct State {
    pub(crate) interface: Graphql,
    pub(crate) schemas: Schemas,
    pub(crate) persisted: PersistedQueries,
}

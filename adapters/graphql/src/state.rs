//! State of the interface.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use sojourn_application::access::ClientInfo;
use sojourn_application::account_events::EventFeed;
use sojourn_application::ports::{IdempotencyStore, Ports};

use crate::known_tags::KnownTags;
use crate::limits::Operation;
use crate::observer::{Executed, Observer, Outcome};
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
    /// Events of accounts, for subscriptions.
    pub events: EventFeed,
    /// True to answer questions about the schema, to suggest names, and to send browsers to the editor.
    pub introspection: bool,
    /// Receives a note of every operation.
    pub observer: Arc<dyn Observer>,
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
    pub(crate) known_tags: KnownTags,
}

impl State {
    /// Notes an operation. Only one that was accepted has names of the schema.
    pub(crate) fn note(&self, operation: &Operation, outcome: Outcome, took: Duration) {
        let field = match (outcome, operation.fields.as_slice()) {
            (Outcome::Refused, _) => "none",
            (_, [field]) => field,
            _ => "several",
        };
        self.note_field(field, outcome, took);
    }

    /// Notes a document that cannot be executed.
    pub(crate) fn note_refused(&self) {
        self.note_field("none", Outcome::Refused, Duration::ZERO);
    }

    fn note_field(&self, field: &str, outcome: Outcome, took: Duration) {
        self.interface.observer.executed(Executed {
            field,
            outcome,
            took,
        });
    }
}

//! State of the HTTP adapter, with the GraphQL interface mounted.

use std::sync::Arc;

use sojourn_application::account_events::EventFeed;
use sojourn_application::ports::{IdempotencyStore, Ports};
use sojourn_graphql::{Graphql, IdeFile};
use sojourn_http::{AppState, MountedInterface, Observer, StaticPage};
use sojourn_persistence::Database;

use crate::config::{Environment, Settings};

/// The state of the HTTP adapter, with the observers of its responses and of operations over GraphQL.
pub(crate) fn app_state(
    settings: &Settings,
    database: Database,
    ports: Ports,
    observer: Arc<dyn Observer>,
    operations: Arc<dyn sojourn_graphql::Observer>,
) -> AppState {
    let idempotency: Arc<dyn IdempotencyStore> = Arc::new(database);
    let pages = if settings.graphql_introspection {
        sojourn_graphql::IDE_FILES.map(static_page).to_vec()
    } else {
        Vec::new()
    };
    let events = EventFeed::new(Arc::clone(&ports.account_events));
    let graphql = Graphql {
        ports: ports.clone(),
        idempotency: Arc::clone(&idempotency),
        observer: operations,
        events: events.clone(),
        introspection: settings.graphql_introspection,
        client: sojourn_http::client_info,
        request_id: sojourn_http::request_id,
    };
    AppState {
        ports,
        idempotency,
        cors_origins: settings.cors_origins.clone(),
        production: settings.environment == Environment::Production,
        proxies: settings.trusted_proxies.clone(),
        observer,
        examples: None,
        interfaces: vec![MountedInterface {
            path: sojourn_graphql::PATH,
            configure: Arc::new(graphql.configure()),
            pages,
            stop: Arc::new(move || events.close()),
        }],
    }
}

const fn static_page(file: IdeFile) -> StaticPage {
    StaticPage {
        path: file.path,
        content_type: file.content_type,
        gzip: file.gzip,
    }
}

//! The server.

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::http::header::{ETAG, HeaderName, LINK, LOCATION, RETRY_AFTER};
use actix_web::middleware::{Compress, NormalizePath, from_fn};
use actix_web::web::{self, Data, PayloadConfig, ServiceConfig};
use actix_web::{App, HttpServer};
use futures_util::future::{Either, select};
use sojourn_application::ports::{IdempotencyStore, Ports};

use crate::draining::Draining;
use crate::extract::BODY_LIMIT;
use crate::middleware::{REPLAYED, REQUEST_ID, idempotency, observe, render};
use crate::problem::Problem;
use crate::{admin, auth, booking, docs, health, payment, payout, property, review, user};

const SHUTDOWN_SECONDS: u64 = 7;

/// For so long, connections are still taken and ended by their next answer.
const DRAIN: Duration = Duration::from_millis(750);

/// What handlers need; they take it as `web::Data<AppState>`.
#[derive(Clone)]
pub struct AppState {
    /// The world.
    pub ports: Ports,
    /// Answers kept for clients that ask twice.
    pub idempotency: Arc<dyn IdempotencyStore>,
    /// Origins whose pages may call; `*` is all.
    pub cors_origins: Vec<String>,
    /// Whether this is no playground.
    pub production: bool,
}

/// All routes, over a state.
pub fn configure(state: AppState) -> impl Fn(&mut ServiceConfig) + Clone {
    let state = Data::new(state);
    move |config| {
        config
            .app_data(state.clone())
            .app_data(PayloadConfig::new(BODY_LIMIT))
            .service(
                web::scope("/v1")
                    .configure(user::routes)
                    .configure(auth::routes)
                    .configure(property::routes)
                    .configure(booking::routes)
                    .configure(payment::routes)
                    .configure(payout::routes)
                    .configure(review::routes)
                    .configure(admin::routes)
                    .default_service(web::route().to(nothing_here)),
            )
            .configure(health::routes)
            .configure(docs::routes)
            .default_service(web::route().to(nothing_here));
    }
}

async fn nothing_here() -> Result<&'static str, Problem> {
    Err(Problem::not_found())
}

/// Serves until `shutdown` is done, then ends connections with their next answer and lets running requests end,
/// 8 seconds at most.
///
/// # Errors
/// When the listener cannot be served.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let workers = std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
    let data = Data::new(state.clone());
    let draining = Draining::default();
    let drained = Data::new(draining.clone());
    let origins = state.cors_origins.clone();
    let routes = configure(state);
    let server = HttpServer::new(move || {
        // The last wrapped is the first asked.
        App::new()
            .app_data(data.clone())
            .app_data(drained.clone())
            .configure(routes.clone())
            .wrap(from_fn(render))
            .wrap(from_fn(idempotency))
            .wrap(cors(&origins))
            .wrap(Compress::default())
            .wrap(NormalizePath::trim())
            .wrap(from_fn(observe))
    })
    .workers(workers)
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = server.handle();
    let stop = pin!(async move {
        shutdown.await;
        draining.begin();
        actix_web::rt::time::sleep(DRAIN).await;
        handle.stop(true).await;
    });
    match select(server, stop).await {
        Either::Left((ended, _)) => ended,
        Either::Right(((), server)) => server.await,
    }
}

fn cors(origins: &[String]) -> Cors {
    let exposed = [
        ETAG,
        LINK,
        LOCATION,
        RETRY_AFTER,
        HeaderName::from_static(REQUEST_ID),
        HeaderName::from_static(REPLAYED),
    ];
    let base = Cors::default().allow_any_method().allow_any_header().expose_headers(exposed).max_age(3600);
    if origins.iter().any(|origin| origin == "*") {
        return base.allow_any_origin().send_wildcard();
    }
    origins.iter().fold(base, |cors, origin| cors.allowed_origin(origin))
}

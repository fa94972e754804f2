//! The server.

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::{Compress, NormalizePath, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::web::{self, Data, PayloadConfig, ServiceConfig};
use actix_web::{App, HttpServer};
use futures_util::future::{Either, select};
use sojourn_application::ports::{IdempotencyStore, Ports};

use crate::connections::{Connections, handle_to};
use crate::draining::Draining;
use crate::extract::BODY_LIMIT;
use crate::middleware::{cors, idempotency, limits, observe, render};
use crate::problem::Problem;
use crate::proxies::TrustedProxies;
use crate::{
    admin, auth, booking, docs, health, payment, payout, property, review, user, well_known,
};

const SHUTDOWN_SECONDS: u64 = 7;

/// For so long, connections are still taken and ended by their next answer.
const DRAIN: Duration = Duration::from_millis(750);

/// For so long, the head of a connection's first request may take to come.
const FIRST_HEAD: Duration = Duration::from_secs(5);

/// For so long, an idle connection is kept: longer than proxies usually keep theirs (60 seconds), so that they never
/// send a request into one that is just being closed.
const IDLE: Duration = Duration::from_secs(75);

/// For so long, a connection may keep the server waiting for a request, or for its answer to be taken.
const WAITING: Duration = Duration::from_secs(80);

/// How many connections a worker keeps; others wait to be accepted.
const CONNECTIONS: usize = 4_096;

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
    /// Whose word on a client's address is taken.
    pub proxies: TrustedProxies,
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
            .configure(well_known::routes)
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
    let connections = Connections::default();
    let watched = connections.clone();
    let server = HttpServer::new(move || {
        // The last wrapped is the first asked.
        App::new()
            .app_data(data.clone())
            .app_data(drained.clone())
            .configure(routes.clone())
            .wrap(from_fn(render))
            .wrap(from_fn(idempotency))
            .wrap(from_fn(limits))
            .wrap(cors(&origins))
            .wrap(Compress::default())
            .wrap(NormalizePath::trim())
            .wrap(from_fn(observe))
    })
    .on_connect(move |socket, data| {
        let socket = socket.downcast_ref::<TcpStream>().and_then(handle_to);
        socket.map(|socket| data.insert(watched.watch(socket)));
    })
    .workers(workers)
    .client_request_timeout(FIRST_HEAD)
    .keep_alive(IDLE)
    .max_connections(CONNECTIONS)
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
    let ending_idle = tokio::spawn(connections.end_idle(WAITING));
    let ended = match select(server, stop).await {
        Either::Left((ended, _)) => ended,
        Either::Right(((), server)) => server.await,
    };
    ending_idle.abort();
    ended
}

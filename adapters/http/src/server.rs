//! The HTTP server.

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::pin::pin;
use std::time::Duration;

use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, HttpServer};
use futures_util::future::{Either, select};

use crate::connections::{Connections, handle_to};
use crate::draining::Draining;
use crate::known_parameters::known_parameters;
use crate::middleware::{
    access_log, cors, detached, encoded_etags, idempotency, problem_responses, rate_limits,
    read_limits,
};
use crate::operations::mount;
use crate::routing::not_found;
use crate::state::AppState;
use crate::{api, docs, metrics};

const SHUTDOWN_SECONDS: u64 = 7;

/// Period in which connections are still accepted, and closed with their next response.
const DRAIN_TIME: Duration = Duration::from_millis(750);

/// Time limit for the head of a connection's first request.
const CLIENT_HEAD_TIMEOUT: Duration = Duration::from_secs(5);

/// Keep-alive time of idle connections: longer than that of most proxies (60 seconds), so that they never
/// send a request into a connection that is being closed.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// Time limit for a connection that keeps the server waiting for a request or for its response to be read.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(80);

/// Maximum number of connections per worker; others wait to be accepted.
const MAX_CONNECTIONS: usize = 4_096;

/// Configures all routes with a state.
pub fn configure(state: AppState) -> impl Fn(&mut ServiceConfig) + Clone {
    let state = Data::new(state);
    move |config| {
        config
            .app_data(state.clone())
            .configure(|config| mount(config, api::operations()))
            .configure(docs::routes)
            .configure(metrics::routes)
            .default_service(web::route().to(not_found));
    }
}

/// Serves until `shutdown` completes, then closes connections with their next response and waits for
/// running requests, at most 8 seconds.
///
/// # Errors
/// I/O errors of the listener.
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
        // The middleware wrapped last runs first.
        App::new()
            .app_data(data.clone())
            .app_data(drained.clone())
            .configure(routes.clone())
            .wrap(from_fn(known_parameters))
            .wrap(from_fn(read_limits))
            .wrap(from_fn(problem_responses))
            .wrap(from_fn(idempotency))
            .wrap(from_fn(detached))
            .wrap(from_fn(rate_limits))
            .wrap(cors(&origins))
            .wrap(Compress::default())
            .wrap(from_fn(encoded_etags))
            .wrap(from_fn(access_log))
    })
    .on_connect(move |socket, data| {
        let socket = socket.downcast_ref::<TcpStream>().and_then(handle_to);
        socket.map(|socket| data.insert(watched.watch(socket)));
    })
    .workers(workers)
    .client_request_timeout(CLIENT_HEAD_TIMEOUT)
    .keep_alive(KEEP_ALIVE)
    .max_connections(MAX_CONNECTIONS)
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = server.handle();
    let stop = pin!(async move {
        shutdown.await;
        draining.begin();
        actix_web::rt::time::sleep(DRAIN_TIME).await;
        handle.stop(true).await;
    });
    let ending_idle = tokio::spawn(connections.end_idle(CONNECTION_TIMEOUT));
    let ended = match select(server, stop).await {
        Either::Left((ended, _)) => ended,
        Either::Right(((), server)) => server.await,
    };
    ending_idle.abort();
    ended
}

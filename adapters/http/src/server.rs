//! The HTTP server.

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{Extensions, HttpService, Protocol};
use actix_server::{GracefulShutdownSignal, Server};
use actix_service::boxed::{self, BoxServiceFactory};
use actix_service::{IntoServiceFactory as _, ServiceFactoryExt as _, fn_service, map_config};
use actix_web::dev::AppConfig;
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, Error};
use futures_util::future::{Either, ready, select};

use crate::connections::{ClientStream, ConnectionLimits, Connections};
use crate::draining::Draining;
use crate::known_parameters::known_parameters;
use crate::middleware::{
    access_log, cors, detached, encoded_etags, idempotency, problem_responses, rate_limits,
    read_limits,
};
use crate::operations::mount;
use crate::routing::not_found;
use crate::state::AppState;
use crate::{api, docs, front_page, mailed_links, metrics};

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

/// Time limit for the end of a connection that the server closes.
const CLIENT_DISCONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// A service that takes a connection until its end.
type ConnectionService = BoxServiceFactory<(), TcpStream, (), DispatchError, ()>;

/// Configures all routes with a state.
pub fn configure(state: AppState) -> impl Fn(&mut ServiceConfig) + Clone {
    let state = Data::new(state);
    move |config| {
        config
            .app_data(state.clone())
            .configure(|config| mount(config, api::operations()))
            .configure(docs::routes)
            .configure(front_page::routes)
            .configure(mailed_links::routes)
            .configure(metrics::routes);
        for interface in &state.interfaces {
            (interface.configure)(config);
            docs::mount(config, &interface.pages);
        }
        config.default_service(web::route().to(not_found));
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
    limits: ConnectionLimits,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let draining = Draining::default();
    let connections = Connections::new(limits, state.proxies.clone());
    let workers = std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
    let builder = Server::build()
        .workers(workers)
        .max_concurrent_connections(limits.total.div_ceil(workers))
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .disable_signals();
    let stopping = builder.graceful_shutdown_signal();
    let stops: Vec<_> = state
        .interfaces
        .iter()
        .map(|it| Arc::clone(&it.stop))
        .collect();
    let service = service(state, draining.clone(), connections.clone(), stopping);
    let server = builder.listen("http", listener, service)?.run();
    let handle = server.handle();
    let stop = pin!(async move {
        shutdown.await;
        draining.begin();
        stops.iter().for_each(|stop| stop());
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

/// Makes the service of one worker: it admits connections and answers their requests.
fn service(
    state: AppState,
    draining: Draining,
    connections: Connections,
    stopping: GracefulShutdownSignal,
) -> impl Fn() -> ConnectionService + Send + Clone + 'static {
    let data = Data::new(state.clone());
    let drained = Data::new(draining);
    let (origins, production) = (state.cors_origins.clone(), state.production);
    let routes = configure(state);
    move || {
        // The middleware wrapped last runs first.
        let app = App::new()
            .app_data(data.clone())
            .app_data(drained.clone())
            .configure(routes.clone())
            .wrap(from_fn(known_parameters))
            .wrap(from_fn(read_limits))
            .wrap(from_fn(problem_responses))
            .wrap(from_fn(idempotency))
            .wrap(from_fn(detached))
            .wrap(from_fn(rate_limits))
            .wrap(cors(&origins, production))
            .wrap(Compress::default())
            .wrap(from_fn(encoded_etags))
            .wrap(from_fn(access_log))
            .into_factory()
            .map_err(|error: Error| error.error_response());
        let stopping = stopping.clone();
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(KEEP_ALIVE)
            .client_request_timeout(CLIENT_HEAD_TIMEOUT)
            .client_disconnect_timeout(CLIENT_DISCONNECT_TIMEOUT)
            .on_connect_ext(|stream: &ClientStream, data: &mut Extensions| {
                data.insert(Arc::clone(stream.connection()));
            })
            .finish(map_config(app, |()| AppConfig::default()));
        let connections = connections.clone();
        let admit = fn_service(move |socket: TcpStream| {
            let admitted = connections.admit(socket).map_err(DispatchError::Io);
            ready(admitted.map(|stream| {
                let peer = stream.peer();
                (stream, Protocol::Http1, Some(peer))
            }))
        });
        boxed::factory(admit.and_then(http))
    }
}

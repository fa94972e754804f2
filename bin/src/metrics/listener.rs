//! The listener of the metrics.

use std::net::{SocketAddr, TcpListener};

use actix_web::web::{Data, get};
use actix_web::{App, HttpResponse, HttpServer};
use sojourn_metrics::{Metrics, Sources};
use sojourn_persistence::Database;
use tokio::sync::watch;

use super::readiness;
use crate::config::Settings;
use crate::wiring::StartError;

/// Content type of the text format of Prometheus.
const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A running listener, which ends with the server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MetricsListener {
    /// Its address.
    pub(crate) addr: SocketAddr,
}

#[derive(Clone)]
struct Shown {
    metrics: Metrics,
    database: Database,
    sources: Sources,
}

/// Opens the socket of the metrics, if one is configured.
pub(crate) fn bind(settings: &Settings) -> Result<Option<TcpListener>, StartError> {
    let Some(address) = settings.metrics_listen else {
        return Ok(None);
    };
    TcpListener::bind(address)
        .map(Some)
        .map_err(|error| StartError::ListenMetrics { address, error })
}

impl MetricsListener {
    /// Serves `/metrics` and `/readyz` on a thread of its own until shutdown.
    pub(crate) fn start(
        listener: TcpListener,
        metrics: Metrics,
        database: Database,
        sources: Sources,
        mut shutdown: watch::Receiver<bool>,
    ) -> Result<Self, StartError> {
        let runtime_error = |error: std::io::Error| StartError::Runtime(error.to_string());
        let addr = listener.local_addr().map_err(runtime_error)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(runtime_error)?;
        let shown = Data::new(Shown {
            metrics,
            database,
            sources,
        });
        let serve = async move {
            let server = HttpServer::new(move || {
                App::new()
                    .app_data(shown.clone())
                    .route("/metrics", get().to(render))
                    .route("/readyz", get().to(readyz))
            });
            let server = server.workers(1).disable_signals().listen(listener)?.run();
            tokio::select! {
                ended = server => ended,
                _ = shutdown.wait_for(|stop| *stop) => Ok(()),
            }
        };
        let work = move || {
            if let Err(error) = runtime.block_on(serve) {
                tracing::error!(%error, "the listener of the metrics ended");
            }
        };
        std::thread::Builder::new()
            .name("metrics".to_owned())
            .spawn(work)
            .map_err(runtime_error)?;
        Ok(Self { addr })
    }
}

async fn render(shown: Data<Shown>) -> HttpResponse {
    match shown.metrics.render(&shown.sources).await {
        Ok(text) => HttpResponse::Ok().content_type(CONTENT_TYPE).body(text),
        Err(error) => {
            tracing::error!(%error, "metrics could not be rendered");
            HttpResponse::InternalServerError().finish()
        }
    }
}

async fn readyz(shown: Data<Shown>) -> HttpResponse {
    let readiness = readiness::read(&shown.database, &shown.sources).await;
    let mut answer = match readiness.status {
        "ready" => HttpResponse::Ok(),
        _ => HttpResponse::ServiceUnavailable(),
    };
    answer.json(readiness)
}

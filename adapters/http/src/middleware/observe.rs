//! The outermost middleware: request ids, the access log, and the headers of every response.

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};
use tracing::{Instrument, error, info, info_span};

use super::render::{finish, problem_of};
use super::{REQUEST_ID, RequestId};
use crate::connections::Connection;
use crate::draining::Draining;
use crate::problem::Problem;
use crate::server::AppState;

const STRICT_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

/// Data of a request that is needed after it was handled.
struct Trail {
    path: String,
    id: RequestId,
    production: bool,
    private: bool,
    last: bool,
    began: Instant,
}

/// The outermost middleware. Headers and queries are not logged, as they may contain secrets.
pub(crate) async fn observe(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let trail = Trail {
        path: req.path().to_owned(),
        id: RequestId::of(&req),
        production: req
            .app_data::<Data<AppState>>()
            .is_some_and(|state| state.production),
        private: req.headers().contains_key(header::AUTHORIZATION)
            || req.path().starts_with("/v1/auth"),
        last: req
            .app_data::<Data<Draining>>()
            .is_some_and(|draining| draining.is_on()),
        began: Instant::now(),
    };
    let answering = req
        .conn_data::<Arc<Connection>>()
        .map(Connection::answering);
    let span =
        info_span!("request", method = %req.method(), path = %trail.path, request_id = %trail.id.0);
    req.extensions_mut().insert(trail.id.clone());
    async move {
        match next.call(req).await {
            Ok(response) => {
                let mut response = finish(response.map_into_boxed_body());
                let problem = response.response().extensions().get::<Problem>().cloned();
                trail.log(response.status().as_u16(), problem.as_ref());
                trail.mark(response.headers_mut());
                let given_up = is_given_up(response.status());
                if trail.last || given_up {
                    response
                        .response_mut()
                        .head_mut()
                        .set_connection_type(ConnectionType::Close);
                }
                if let Some(answering) = answering.filter(|_| given_up) {
                    answering.give_up();
                }
                Ok(response)
            }
            Err(error) => {
                let problem = problem_of(&error);
                trail.log(problem.status().as_u16(), Some(&problem));
                Err(trail.marked(problem.about(&trail.path, &trail.id.0)).into())
            }
        }
    }
    .instrument(span)
    .await
}

/// True if the rest of the body is not awaited.
fn is_given_up(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE
    )
}

impl Trail {
    fn log(&self, status: u16, problem: Option<&Problem>) {
        let millis = self.began.elapsed().as_secs_f64() * 1000.0;
        let code = problem.map_or("", |problem| problem.body().code.as_str());
        if status >= 500 {
            let cause = problem.and_then(Problem::cause).unwrap_or("");
            error!(status, millis, code, cause, "request failed");
        } else {
            info!(status, millis, code, "request completed");
        }
    }

    fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        let docs = self.path.starts_with("/docs");
        let fixed = HeaderValue::from_static;
        let mut all = vec![
            (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
            (header::REFERRER_POLICY, fixed("no-referrer")),
            (
                header::CONTENT_SECURITY_POLICY,
                fixed(if docs { DOCS_POLICY } else { STRICT_POLICY }),
            ),
        ];
        if let Ok(id) = HeaderValue::from_str(&self.id.0) {
            all.push((HeaderName::from_static(REQUEST_ID), id));
        }
        if self.production {
            all.push((
                header::STRICT_TRANSPORT_SECURITY,
                fixed("max-age=63072000; includeSubDomains"),
            ));
        }
        if self.private {
            all.push((header::CACHE_CONTROL, fixed("no-store")));
        }
        all
    }

    fn mark(&self, headers: &mut HeaderMap) {
        for (name, value) in self.headers() {
            headers.insert(name, value);
        }
        if headers
            .get(header::CONTENT_ENCODING)
            .is_some_and(|encoding| encoding == "identity")
        {
            headers.remove(header::CONTENT_ENCODING);
        }
    }

    fn marked(&self, problem: Problem) -> Problem {
        self.headers()
            .into_iter()
            .fold(problem, |problem, (name, value)| {
                problem.with_header(name, value)
            })
    }
}

/// Excludes short responses from compression, which would make them longer.
pub(crate) fn spare_short(response: &mut ServiceResponse<BoxBody>) {
    let short = matches!(
        response.response().body().size(),
        BodySize::None | BodySize::Sized(0..=1024)
    );
    if short && !response.headers().contains_key(header::CONTENT_ENCODING) {
        response.headers_mut().insert(
            header::CONTENT_ENCODING,
            HeaderValue::from_static("identity"),
        );
    }
}

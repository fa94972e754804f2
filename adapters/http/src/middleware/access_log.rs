//! The outermost middleware: request ids, the access log, and the headers of every response.

use std::sync::Arc;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, ResponseError};
use tracing::Instrument;

use super::canonical_path::canonicalize;
use super::log_entry::{AnsweredEntry, LogEntry, request_span};
use super::problem_responses::{finish, problem_of};
use super::{REQUEST_ID, RequestId};
use crate::connections::{Connection, InFlight};
use crate::draining::Draining;
use crate::mailed_links::POLICY;
use crate::observer::{Answered, Observer};
use crate::problem::Problem;
use crate::route::Route;
use crate::route_table::find_route;
use crate::state::AppState;

const STRICT_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

/// Data of a request that is needed after it was handled.
struct RequestContext {
    method: Method,
    path: String,
    id: RequestId,
    production: bool,
    route: Route,
    authenticated: bool,
    last: bool,
    observer: Option<Arc<dyn Observer>>,
}

/// The outermost middleware. The path is brought into its one form, or refused, before anything else
/// reads it. Headers and queries are not logged, as they may contain secrets.
pub(crate) async fn access_log(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let canonical = canonicalize(&mut req);
    let route = match &canonical {
        Ok(()) => find_route(&req),
        Err(_) => Route::Unknown,
    };
    let context = RequestContext::of(&req, route);
    let in_flight = req
        .conn_data::<Arc<Connection>>()
        .map(Connection::begin_request);
    let entry = LogEntry::of(&req, context.last);
    let span = request_span(&req, route, &context.id.0);
    req.extensions_mut().insert(context.id.clone());
    async move {
        let answer = match canonical {
            Ok(()) => next
                .call(req)
                .await
                .map(ServiceResponse::map_into_boxed_body),
            Err(problem) => Ok(req.into_response(problem.error_response())),
        };
        match answer {
            Ok(response) => {
                let (response, line) = context.complete(response, entry, in_flight.as_ref());
                Ok(response.map_body(|_, body| line.write_with(body, in_flight)))
            }
            Err(error) => {
                let problem = problem_of(&error);
                let line = context.note(entry, problem.status().as_u16(), Some(&problem));
                line.write(0);
                Err(context
                    .with_headers(problem.about(&context.path, &context.id.0))
                    .into())
            }
        }
    }
    .instrument(span)
    .await
}

/// True if the rest of the body is not awaited.
fn abandons_body(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE
    )
}

impl RequestContext {
    fn of(req: &ServiceRequest, route: Route) -> Self {
        Self {
            method: req.method().clone(),
            path: req.path().to_owned(),
            id: RequestId::of(req),
            production: req
                .app_data::<Data<AppState>>()
                .is_some_and(|state| state.production),
            route,
            authenticated: req.headers().contains_key(header::AUTHORIZATION),
            last: req
                .app_data::<Data<Draining>>()
                .is_some_and(|draining| draining.is_on()),
            observer: req
                .app_data::<Data<AppState>>()
                .map(|state| Arc::clone(&state.observer)),
        }
    }

    /// Completes the headers of a response, and its line in the log; closes the connection with it if the server shuts
    /// down, or if the rest of the body is not awaited.
    fn complete(
        &self,
        response: ServiceResponse<BoxBody>,
        entry: LogEntry,
        in_flight: Option<&InFlight>,
    ) -> (ServiceResponse<BoxBody>, AnsweredEntry) {
        let mut response = finish(response);
        let problem = response.response().extensions().get::<Problem>().cloned();
        let line = self.note(entry, response.status().as_u16(), problem.as_ref());
        self.add_headers(response.headers_mut());
        let abandoned = abandons_body(response.status());
        if self.last || abandoned {
            response
                .response_mut()
                .head_mut()
                .set_connection_type(ConnectionType::Close);
        }
        if let Some(in_flight) = in_flight.filter(|_| abandoned) {
            in_flight.abandon();
        }
        (response, line)
    }

    /// Tells the observer of an answer.
    fn note(&self, entry: LogEntry, status: u16, problem: Option<&Problem>) -> AnsweredEntry {
        if let Some(observer) = &self.observer {
            observer.answered(Answered {
                method: self.method.as_str(),
                route: self.route.template(),
                status,
                took: entry.began.elapsed(),
            });
        }
        entry.answered(status, problem)
    }

    fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        let fixed = HeaderValue::from_static;
        let policy = match self.route {
            Route::Documentation => fixed(DOCS_POLICY),
            Route::MailedLink => POLICY.clone(),
            Route::Operation(_) | Route::Interface | Route::Unknown => fixed(STRICT_POLICY),
        };
        let mut all = vec![
            (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
            (header::REFERRER_POLICY, fixed("no-referrer")),
            (header::CONTENT_SECURITY_POLICY, policy),
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
        if self.authenticated || self.route.is_private() {
            all.push((header::CACHE_CONTROL, fixed("no-store")));
        }
        all
    }

    fn add_headers(&self, headers: &mut HeaderMap) {
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

    fn with_headers(&self, problem: Problem) -> Problem {
        self.headers()
            .into_iter()
            .fold(problem, |problem, (name, value)| {
                problem.with_header(name, value)
            })
    }
}

/// Excludes short responses from compression, which would make them longer.
pub(crate) fn skip_compression_of_short(response: &mut ServiceResponse<BoxBody>) {
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

//! The line of the access log of a request, and the span of all lines that belong to it.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use actix_web::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::ServiceRequest;
use actix_web::http::header::USER_AGENT;
use actix_web::web::Bytes;
use tracing::{Span, error, field, info, info_span};

use super::trace_context::trace_id;
use crate::connections::InFlight;
use crate::extract::address;
use crate::problem::Problem;
use crate::route::Route;

/// Length of the logged part of a path and of the name of a client, in bytes. Paths of operations are shorter.
const LOGGED_LENGTH: usize = 200;

/// The span of a request, which names it in all lines that are logged while it is handled. The account is added when it
/// is known.
pub(super) fn request_span(req: &ServiceRequest, route: Route, request_id: &str) -> Span {
    info_span!(
        "request",
        method = %req.method(),
        path = shortened(req.path()),
        route = route.template(),
        request_id,
        trace_id = trace_id(req),
        client = %address(req.request()),
        user_id = field::Empty,
    )
}

/// The start of a text, as it is logged.
fn shortened(text: &str) -> &str {
    let end = text.floor_char_boundary(LOGGED_LENGTH);
    text.get(..end).unwrap_or_default()
}

/// The line of a request, while its answer is not yet known.
pub(super) struct LogEntry {
    pub began: Instant,
    user_agent: Option<String>,
    /// True if the server shuts down: its refusals are no errors then.
    draining: bool,
}

impl LogEntry {
    pub(super) fn of(req: &ServiceRequest, draining: bool) -> Self {
        let user_agent = req.headers().get(USER_AGENT);
        let user_agent = user_agent.and_then(|value| value.to_str().ok());
        Self {
            began: Instant::now(),
            user_agent: user_agent.map(|name| shortened(name).to_owned()),
            draining,
        }
    }

    /// Completes the line by the answer.
    pub(super) fn answered(self, status: u16, problem: Option<&Problem>) -> AnsweredEntry {
        let code = problem.map(|problem| problem.body().code.as_str().to_owned());
        let cause = problem.and_then(Problem::cause).map(ToOwned::to_owned);
        AnsweredEntry {
            entry: self,
            status,
            code,
            cause,
        }
    }
}

/// The line of a request, but for the length of its answer.
pub(super) struct AnsweredEntry {
    entry: LogEntry,
    status: u16,
    code: Option<String>,
    cause: Option<String>,
}

impl AnsweredEntry {
    /// Writes the line.
    pub(super) fn write(&self, bytes: u64) {
        let millis = self.entry.began.elapsed().as_secs_f64() * 1000.0;
        let (status, code) = (self.status, self.code.as_deref());
        let user_agent = self.entry.user_agent.as_deref();
        let version = env!("CARGO_PKG_VERSION");
        if status >= 500 && !(self.entry.draining && status == 503) {
            let cause = self.cause.as_deref();
            error!(
                status,
                millis, bytes, code, cause, user_agent, version, "request failed"
            );
        } else {
            info!(
                status,
                millis, bytes, code, user_agent, version, "request completed"
            );
        }
    }

    /// Writes the line of a body whose length is known; that of another is written when it has been sent. The
    /// connection does not wait for its client while such a body is being made.
    pub(super) fn write_with(self, body: BoxBody, in_flight: Option<InFlight>) -> BoxBody {
        match body.size() {
            BodySize::None => self.write(0),
            BodySize::Sized(length) => self.write(length),
            BodySize::Stream => {
                return BoxBody::new(StreamedBody {
                    body,
                    sent: 0,
                    line: self,
                    span: Span::current(),
                    _guard: in_flight,
                });
            }
        }
        body
    }
}

/// A body without a known length, whose line is written at its end.
struct StreamedBody {
    body: BoxBody,
    sent: u64,
    line: AnsweredEntry,
    span: Span,
    _guard: Option<InFlight>,
}

impl MessageBody for StreamedBody {
    type Error = Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let next = Pin::new(&mut self.body).poll_next(context);
        if let Poll::Ready(Some(Ok(part))) = &next {
            self.sent += part.len() as u64;
        }
        next.map_err(Into::into)
    }
}

impl Drop for StreamedBody {
    fn drop(&mut self) {
        let _entered = self.span.enter();
        self.line.write(self.sent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_start_of_a_text_is_logged() {
        assert_eq!(shortened("/v1/properties"), "/v1/properties");
        assert_eq!(shortened(&"/a".repeat(4_000)).len(), LOGGED_LENGTH);
        assert_eq!(shortened(&format!("/{}", "é".repeat(4_000))).len(), 199);
    }
}

//! Moving the clock of the demo over HTTP.

use std::sync::{Arc, OnceLock};

use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::json;
use sojourn_application::ports::{Clock as _, Ports};
use sojourn_http::MountedInterface;
use sojourn_http::problem::Problem;

use super::clock::DemoClock;
use super::timers::run_due;

/// Path of the request that moves the clock.
pub(super) const PATH: &str = "/demo/clock/advance";

/// Furthest move of one request, in days.
const MAX_DAYS: i64 = 366;

const EXAMPLES: &str =
    r#"Send {"by": "3d 2h 30m"} or {"to": "2027-01-31T12:00:00Z"}, at most 366 days ahead."#;

/// The clock, and the ports of the server once it runs.
#[derive(Clone, Default)]
pub(super) struct ClockControl {
    pub(super) clock: Arc<DemoClock>,
    pub(super) ports: Arc<OnceLock<Ports>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, untagged)]
enum Move {
    By { by: String },
    To { to: DateTime<Utc> },
}

impl ClockControl {
    /// The interface for the HTTP server.
    pub(super) fn interface(&self) -> MountedInterface {
        let state = Data::new(self.clone());
        MountedInterface {
            path: PATH,
            configure: Arc::new(move |config: &mut ServiceConfig| {
                let resource = web::resource(PATH).app_data(state.clone());
                config.service(resource.route(web::route().to(advance)));
            }),
            pages: Vec::new(),
            stop: Arc::new(|| {}),
        }
    }

    fn target(&self, body: &[u8]) -> Result<DateTime<Utc>, Problem> {
        let invalid = |detail: &str| {
            let detail = format!("{detail} {EXAMPLES}");
            Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "validation_failed",
                detail,
            )
        };
        let wanted = serde_json::from_slice(body).map_err(|_| invalid("The move is not known."))?;
        let now = self.clock.now();
        let target = match wanted {
            Move::To { to } => to,
            Move::By { by } => parse_duration(&by)
                .and_then(|by| now.checked_add_signed(by))
                .ok_or_else(|| invalid("`by` is not a duration."))?,
        };
        let limit = now + TimeDelta::days(MAX_DAYS);
        if target < now || target > limit {
            return Err(invalid("The clock moves ahead only."));
        }
        Ok(target)
    }

    /// Moves the clock, and does what has become due.
    async fn advance(&self, body: &[u8]) -> Result<HttpResponse, Problem> {
        let starting = || {
            Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "The demo is starting.",
            )
        };
        let ports = self.ports.get().ok_or_else(starting)?;
        self.clock.set(self.target(body)?);
        run_due(ports)
            .await
            .map_err(|error| Problem::internal().caused_by(&error))?;
        Ok(HttpResponse::Ok().json(json!({"now": self.clock.now()})))
    }
}

async fn advance(
    control: Data<ClockControl>,
    req: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    if req.method() != Method::POST {
        let refused = Problem::of_status(StatusCode::METHOD_NOT_ALLOWED);
        return Err(refused.with_header(ALLOW, HeaderValue::from_static("POST")));
    }
    control.advance(&body).await
}

/// A duration such as `3d 2h 30m`.
fn parse_duration(text: &str) -> Option<TimeDelta> {
    let mut total = TimeDelta::zero();
    for part in text.split_ascii_whitespace() {
        let (number, unit) = part.split_at_checked(part.len().checked_sub(1)?)?;
        let number: u32 = number.parse().ok()?;
        let seconds = match unit {
            "d" => 86_400,
            "h" => 3_600,
            "m" => 60,
            "s" => 1,
            _ => return None,
        };
        total += TimeDelta::seconds(i64::from(number) * seconds);
    }
    (!text.trim().is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        let minutes = |text| parse_duration(text).map(|it| it.num_minutes());
        assert_eq!(minutes("3d 2h 30m"), Some(3 * 1_440 + 150));
        assert_eq!(minutes("90m"), Some(90));
        for text in ["", " ", "3", "d", "-3d", "3 d", "3w", "1.5h", "4€"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }

    #[test]
    fn the_clock_moves_ahead_within_a_year() {
        let control = ClockControl::default();
        let status = |body: &str| {
            let found = control.target(body.as_bytes());
            found.err().map(|problem| problem.body().status)
        };
        assert_eq!(status(r#"{"by": "366d"}"#), None);
        for body in [
            "",
            "{}",
            r#"{"by": 3}"#,
            r#"{"by": "367d"}"#,
            r#"{"by": "99999999999d"}"#,
            r#"{"to": "2020-01-01T00:00:00Z"}"#,
            r#"{"to": "tomorrow"}"#,
            r#"{"by": "1d", "from": "1d"}"#,
        ] {
            assert_eq!(status(body), Some(422), "{body}");
        }
    }
}

//! Request ids, in the log and in responses.

use actix_web::dev::ServiceRequest;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest};

use crate::state::AppState;

/// Name of the header.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// Id of a request.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

impl RequestId {
    /// The client's own id if it is well-formed, otherwise a new one.
    pub(crate) fn of(req: &ServiceRequest) -> Self {
        let given = req
            .headers()
            .get(REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(|text| is_valid(text));
        let fresh = || {
            req.app_data::<Data<AppState>>()
                .map(|state| state.ports.ids.uuid().to_string())
        };
        Self(
            given
                .map(ToOwned::to_owned)
                .or_else(fresh)
                .unwrap_or_default(),
        )
    }
}

/// Id of a request, as in the log and the response.
#[must_use]
pub fn request_id(req: &HttpRequest) -> String {
    let id = req.extensions().get::<RequestId>().cloned();
    id.map(|id| id.0).unwrap_or_default()
}

fn is_valid(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c))
}

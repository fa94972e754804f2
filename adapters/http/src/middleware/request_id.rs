//! The id of a request, in the log and in the answer.

use actix_web::dev::ServiceRequest;
use actix_web::web::Data;

use crate::server::AppState;

/// The header that carries it.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// The id of the request at hand.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

impl RequestId {
    /// The caller's own, when it is harmless, or a new one.
    pub(crate) fn of(req: &ServiceRequest) -> Self {
        let given = req
            .headers()
            .get(REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(|text| harmless(text));
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

fn harmless(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c))
}

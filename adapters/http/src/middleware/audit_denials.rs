//! Audit of denied requests.

use actix_web::HttpMessage;
use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use sojourn_application::audit::record_denial;

use crate::extract::Authenticated;
use crate::state::AppState;

/// Records every 403 of an authenticated caller in the audit log. The response stays the same if that
/// fails.
pub(super) async fn audit_denial(response: &ServiceResponse<BoxBody>) {
    if response.status() != StatusCode::FORBIDDEN {
        return;
    }
    let req = response.request();
    let who = req.extensions().get::<Authenticated>().copied();
    let (Some(who), Some(state)) = (who, req.app_data::<Data<AppState>>()) else {
        return;
    };
    let what = format!("{} {}", req.method(), req.path());
    if let Err(error) = record_denial(&state.ports, &who.actor, &what).await {
        tracing::error!(%error, "could not record a denial in the audit log");
    }
}

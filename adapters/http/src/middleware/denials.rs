//! Who was told that they may not do what they asked.

use actix_web::HttpMessage;
use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use sojourn_application::admin::denied;

use crate::extract::Authenticated;
use crate::server::AppState;

/// Has it written down when somebody who is logged in gets a 403. The answer stays what it is, whatever comes of that.
pub(super) async fn write_down(response: &ServiceResponse<BoxBody>) {
    if response.status() != StatusCode::FORBIDDEN {
        return;
    }
    let req = response.request();
    let who = req.extensions().get::<Authenticated>().copied();
    let (Some(who), Some(state)) = (who, req.app_data::<Data<AppState>>()) else {
        return;
    };
    let what = format!("{} {}", req.method(), req.path());
    if let Err(error) = denied(&state.ports, &who.actor, &what).await {
        tracing::error!(%error, "a denial could not be written down");
    }
}

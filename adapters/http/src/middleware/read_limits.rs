//! Time limits of statements that read.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use sojourn_application::read_limit::{ANONYMOUS, AUTHENTICATED, within};

use crate::extract::claims;

/// Middleware around the routes: statements of a request without a valid token are ended sooner.
pub(crate) async fn read_limits(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let limit = match claims(req.request()) {
        Some(_) => AUTHENTICATED,
        None => ANONYMOUS,
    };
    let response = within(limit, next.call(req)).await?;
    Ok(response.map_into_boxed_body())
}

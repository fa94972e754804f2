//! Changes are completed, whether their client waits or not.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, rt};
use tracing::Instrument;

use crate::problem::Problem;

/// Middleware around every changing operation: runs it in a task of its own, which a client that closes its connection
/// does not cancel between a commit and what follows it. Reads end with their connection.
pub(crate) async fn detached(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if req.method().is_safe() {
        return Ok(next.call(req).await?.map_into_boxed_body());
    }
    let task = rt::spawn(next.call(req).in_current_span());
    match task.await {
        Ok(answered) => Ok(answered?.map_into_boxed_body()),
        Err(error) => Err(Problem::internal().caused_by(&error).into()),
    }
}

//! Cache report.

use sojourn_domain::shared::Actor;

use super::AdminError;
use super::error::operators_alone;
use crate::ports::{CacheReport, Ports};

/// Backend, availability and hit counts of the cache of the server that handles the request.
///
/// # Errors
/// [`AdminError::Forbidden`].
pub async fn cache_report(ports: &Ports, actor: &Actor) -> Result<CacheReport, AdminError> {
    operators_alone(actor)?;
    Ok(ports.cache.report())
}

//! Cache report.

use sojourn_domain::shared::Actor;

use crate::access::{AdminError, require_admin};
use crate::ports::{CacheReport, Ports};

/// Backend, availability and hit counts of the cache of the server that handles the request.
///
/// # Errors
/// [`AdminError::Forbidden`].
pub async fn report(ports: &Ports, actor: &Actor) -> Result<CacheReport, AdminError> {
    require_admin(actor)?;
    Ok(ports.cache.report())
}

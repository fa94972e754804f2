//! How the cache is doing.

use sojourn_domain::shared::Actor;

use super::AdminError;
use super::error::operators_alone;
use crate::ports::{CacheReport, Ports};

/// What keeps answers on the server that is asked, whether it answers, and how often it had what was looked for.
///
/// # Errors
/// [`AdminError::Forbidden`].
pub async fn cache_report(ports: &Ports, actor: &Actor) -> Result<CacheReport, AdminError> {
    operators_alone(actor)?;
    Ok(ports.cache.report())
}

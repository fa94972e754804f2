//! State of the database.

use async_trait::async_trait;
use sojourn_domain::shared::RepositoryError;

/// Health check of the database.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait HealthCheck: Send + Sync {
    /// Succeeds if the database responds and takes writes.
    async fn ping(&self) -> Result<(), RepositoryError>;
}

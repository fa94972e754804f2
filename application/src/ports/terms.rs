//! All versions of the terms.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{MarketplaceTerms, RepositoryError};

/// Stores every version of the terms.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait TermsStore: Send + Sync {
    /// The configured terms with their version. Terms that differ from the latest stored ones
    /// (ignoring the version) become the next version, in force from `now` on; the first is 1.
    async fn in_force(
        &self,
        configured: MarketplaceTerms,
        now: DateTime<Utc>,
    ) -> Result<MarketplaceTerms, RepositoryError>;
}

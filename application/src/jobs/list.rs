//! Listing background work.

use sojourn_domain::shared::{Actor, Page, PageRequest};

use crate::access::{AdminError, require_admin};
use crate::jobs::view::JobView;
use crate::ports::{JobFilter, Ports};

/// The source of an operator's decision about background work.
#[derive(Debug, Clone, Copy)]
pub enum JobOperator<'a> {
    /// An account, which must be an operator's.
    Account(&'a Actor),
    /// The command line of the server.
    CommandLine,
}

impl JobOperator<'_> {
    /// Fails unless the operator may list background work.
    const fn require_admin(self) -> Result<(), AdminError> {
        match self {
            Self::Account(actor) => require_admin(actor),
            Self::CommandLine => Ok(()),
        }
    }
}

/// Lists queued jobs, and work that failed and was put off or set aside, newest first.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::Store`].
pub async fn list(
    ports: &Ports,
    operator: JobOperator<'_>,
    filter: JobFilter,
    page: PageRequest,
) -> Result<Page<JobView>, AdminError> {
    operator.require_admin()?;
    let now = ports.clock.now();
    let found = ports.job_admin.page(filter, page, now).await?;
    Ok(found.map(|job| JobView::new(&job, now)))
}

//! Listing accounts, for operators.

use sojourn_domain::shared::{Actor, Page, PageRequest, RepositoryError};

use super::views::AccountView;
use crate::failure::{Failure, UseCaseError};
use crate::ports::{Ports, UserFilter};

/// Errors of listing accounts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListUsersError {
    /// The caller is not an operator.
    #[error("only operators may list accounts")]
    Forbidden,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ListUsersError {
    fn failure(&self) -> Failure {
        match self {
            Self::Forbidden => Failure::forbidden(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Lists accounts in pages, newest first.
///
/// # Errors
/// [`ListUsersError`].
pub async fn list(
    ports: &Ports,
    actor: &Actor,
    filter: UserFilter,
    page: PageRequest,
) -> Result<Page<AccountView>, ListUsersError> {
    if !actor.admin {
        return Err(ListUsersError::Forbidden);
    }
    let page = ports.user_queries.users(filter, page).await?;
    Ok(page.map(|user| AccountView::from(&user)))
}

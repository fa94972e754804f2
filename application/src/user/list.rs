//! Listing accounts, for operators.

use sojourn_domain::shared::{Actor, Page, PageRequest, RepositoryError, Violations};

use super::views::AccountView;
use crate::failure::{Failure, UseCaseError};
use crate::ports::{Ports, UserFilter};

/// Errors of listing accounts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListUsersError {
    /// The caller is not an operator.
    #[error("only operators may list accounts")]
    Forbidden,
    /// Invalid filters.
    #[error("{0}")]
    Invalid(Violations),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for ListUsersError {
    fn failure(&self) -> Failure {
        match self {
            Self::Forbidden => Failure::forbidden(),
            Self::Invalid(found) => Failure::invalid(found.clone()),
            Self::Store(error) => error.failure(),
        }
    }
}

/// All violations; an empty filter filters nothing.
fn violations(filter: &UserFilter) -> Violations {
    let mut found = Violations::new();
    for (pointer, text, max) in [
        ("/email_prefix", &filter.email_prefix, 254),
        ("/name", &filter.name, 200),
    ] {
        if let Some(text) = text.as_deref().filter(|text| !text.trim().is_empty()) {
            found.line(pointer, text, max);
        }
    }
    found
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
    let found = violations(&filter);
    found.into_result(()).map_err(ListUsersError::Invalid)?;
    let page = ports.user_queries.users(filter, page).await?;
    Ok(page.map(|user| AccountView::from(&user)))
}

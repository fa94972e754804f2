//! Account lookup for operators.

use sojourn_domain::shared::{Actor, UserId};

use super::views::AccountView;
use crate::access::{AdminError, require_admin};
use crate::ports::Ports;

/// An account in any state, including erased ones.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::NotFound`], [`AdminError::Store`].
pub async fn get_account(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
) -> Result<AccountView, AdminError> {
    require_admin(actor)?;
    let user = ports.users.get(id).await?.ok_or(AdminError::NotFound)?;
    Ok(AccountView::from(&user))
}

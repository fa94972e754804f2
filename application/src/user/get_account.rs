//! Account lookup for operators.

use sojourn_domain::shared::{Actor, UserId};
use sojourn_domain::user::User;

use crate::access::{AdminError, require_admin};
use crate::ports::Ports;

/// An account in any state, including erased ones.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::NotFound`], [`AdminError::Store`].
pub async fn get_account(ports: &Ports, actor: &Actor, id: UserId) -> Result<User, AdminError> {
    require_admin(actor)?;
    ports.users.get(id).await?.ok_or(AdminError::NotFound)
}

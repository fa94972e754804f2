//! Account lookup for operators.

use sojourn_domain::shared::{Actor, UserId};
use sojourn_domain::user::User;

use super::AdminError;
use super::error::operators_alone;
use crate::ports::Ports;

/// An account in any state, including erased ones.
///
/// # Errors
/// [`AdminError::Forbidden`], [`AdminError::NotFound`], [`AdminError::Store`].
pub async fn get_user(ports: &Ports, actor: &Actor, id: UserId) -> Result<User, AdminError> {
    operators_alone(actor)?;
    ports.users.get(id).await?.ok_or(AdminError::NotFound)
}

//! Permission to edit a profile.

use sojourn_domain::shared::{Actor, UserId};
use sojourn_domain::user::User;

use crate::access::PermissionError;
use crate::ports::Ports;

/// Permission to edit a profile: its owner's and that of operators.
///
/// # Errors
/// [`PermissionError`].
pub async fn permit_update(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
) -> Result<(), PermissionError> {
    load_to_update(ports, actor, id).await.map(drop)
}

/// The account, if the caller may edit its profile.
pub(super) async fn load_to_update(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
) -> Result<User, PermissionError> {
    let user = ports.users.get(id).await?;
    let user = user
        .filter(|user| user.erased_at.is_none() && user.is_shown_to(Some(actor)))
        .ok_or(PermissionError::NotFound)?;
    if actor.user_id == id || actor.admin {
        Ok(user)
    } else {
        Err(PermissionError::Forbidden)
    }
}

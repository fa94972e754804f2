//! Asking for a new password.

use sojourn_domain::shared::{Email, Notice, StoreError};

use crate::ports::Ports;

/// Mails a link to set a new password, if the address belongs to somebody who can log in. The answer never
/// tells whether it does.
///
/// # Errors
/// [`StoreError`].
pub async fn forgot_password(ports: &Ports, email: &str) -> Result<(), StoreError> {
    let Ok(email) = Email::parse(email) else { return Ok(()) };
    let user = ports.users.by_email(&email).await?;
    match user.filter(|user| user.password_hash.is_some() && user.erased_at.is_none()) {
        Some(user) => ports.users.tell(vec![Notice::ResetPassword { user_id: user.id }]).await,
        None => Ok(()),
    }
}

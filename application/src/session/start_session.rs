//! Starting a session for an authenticated user.

use sojourn_domain::shared::{Actor, AuditAction, AuditEntry, AuditSubject, SessionId};
use sojourn_domain::user::User;

use super::LogInError;
use super::tokens::{Tokens, issue, session_expiry};
use crate::access::ClientInfo;
use crate::ports::{Ports, Session};

/// Maximum stored length of the `User-Agent` header, in characters.
const USER_AGENT_LENGTH: usize = 200;

/// Stores a new session, records it, and returns its tokens.
///
/// # Errors
/// [`LogInError::BadCredentials`] if the account changed since its password was verified,
/// [`LogInError::Token`], [`LogInError::Store`].
pub(super) async fn start_session(
    ports: &Ports,
    user: &User,
    from: &ClientInfo,
) -> Result<Tokens, LogInError> {
    let (now, id) = (ports.clock.now(), SessionId::new(ports.ids.uuid()));
    let tokens = issue(ports, user, id, ports.ids.secret(), now).map_err(|_| LogInError::Token)?;
    let device = from.user_agent.as_ref();
    let session = Session {
        id,
        user_id: user.id,
        created_at: now,
        last_used_at: now,
        expires_at: session_expiry(now),
        user_agent: device.map(|name| name.chars().take(USER_AGENT_LENGTH).collect()),
        address: Some(from.address),
    };
    if !ports
        .sessions
        .open(session, &tokens.refresh_token, user)
        .await?
    {
        return Err(LogInError::BadCredentials);
    }
    let actor = Actor {
        address: Some(from.address),
        ..Actor::member(user.id)
    };
    let entry = AuditEntry::of(
        &actor,
        AuditAction::LoggedIn,
        AuditSubject::Session(id),
        now,
    );
    ports.audit.append(entry).await?;
    Ok(tokens)
}

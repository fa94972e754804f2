//! Upgrading the hash of a password when the hashing parameters have become stronger.

use sojourn_domain::user::{User, UserChange};

use crate::access::ClientInfo;
use crate::ports::{HashOrigin, Ports};

/// Replaces the hash of a verified password, unless the account changed concurrently. A failure is
/// retried at the next login and never fails this one.
pub(super) async fn upgrade_password_hash(
    ports: &Ports,
    user: User,
    password: String,
    from: &ClientInfo,
) {
    let origin = HashOrigin::Known(from.address);
    let Ok(hash) = ports.hasher.hash(password, origin).await else {
        return;
    };
    let change = UserChange::of(user.set_password(hash, ports.clock.now()));
    if let Err(error) = ports.users.commit(change).await {
        tracing::info!(%error, "password hash could not be upgraded");
    }
}

//! Hashing a password anew, when hashes are made with more work than its own was.

use sojourn_domain::user::{User, UserChange};

use crate::ports::Ports;

/// Replaces the hash of a password that fitted, unless the account changed meanwhile. It is tried again at
/// the next login: no login fails for it.
pub(super) async fn rehash(ports: &Ports, user: User, password: String) {
    let Ok(hash) = ports.hasher.hash(password).await else {
        return;
    };
    let change = UserChange::of(user.set_password(hash, ports.clock.now()));
    if let Err(error) = ports.users.commit(change).await {
        tracing::info!(%error, "a password keeps its old hash for now");
    }
}

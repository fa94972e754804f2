//! Telling the owner that a second factor was turned on or off.

use sojourn_domain::shared::{Notice, SecurityChange, UserId};

use crate::ports::Ports;

/// Tells the owner by mail. What changed is stored already, so that a failure is not the asker's.
pub(crate) async fn tell(ports: &Ports, user_id: UserId, what: SecurityChange) {
    let notice = Notice::SecurityChanged { user_id, what };
    if let Err(error) = ports.users.tell(vec![notice], ports.clock.now()).await {
        tracing::warn!(%error, user = %user_id, "nobody is told of a change of the second factor");
    }
}

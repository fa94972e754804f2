//! Telling the owner that a second factor was turned on or off.

use sojourn_domain::shared::{Actor, Notice, SecurityChange};

use crate::ports::Ports;

/// Tells the asker by mail. What changed is stored already, so that a failure is not the asker's.
pub(super) async fn tell(ports: &Ports, actor: &Actor, what: SecurityChange) {
    let notice = Notice::SecurityChanged { user_id: actor.user_id, what };
    if let Err(error) = ports.users.tell(vec![notice]).await {
        tracing::warn!(%error, user = %actor.user_id, "nobody is told of a change of the second factor");
    }
}

//! Notifying the owner of a changed second factor.

use sojourn_domain::shared::{Notification, SecurityChange, UserId};

use crate::ports::Ports;

/// Notifies the owner by mail. The change is already stored, so a failure is not reported to the
/// caller.
pub(crate) async fn notify_owner(ports: &Ports, user_id: UserId, change: SecurityChange) {
    let notice = Notification::SecurityChanged {
        user_id,
        what: change,
    };
    if let Err(error) = ports
        .users
        .enqueue_notifications(vec![notice], ports.clock.now())
        .await
    {
        tracing::warn!(%error, user = %user_id, "owner could not be notified of a second factor change");
    }
}

//! One's own payments.

use sojourn_domain::payment::Payment;
use sojourn_domain::shared::{Actor, Page, PageRequest, StoreError};

use crate::ports::Ports;

/// The payments of bookings in which the asker is guest or host; everybody's for operators. The newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn list(
    ports: &Ports,
    actor: &Actor,
    page: PageRequest,
) -> Result<Page<Payment>, StoreError> {
    let user = (!actor.admin).then_some(actor.user_id);
    ports.queries.payments(user, page).await
}

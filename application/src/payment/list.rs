//! Listing one's own payments.

use sojourn_domain::payment::Payment;
use sojourn_domain::shared::{Actor, Page, PageRequest, RepositoryError};

use crate::ports::Ports;

/// Lists the payments of bookings in which the caller is guest or host, or all payments for
/// operators. Newest first.
///
/// # Errors
/// [`RepositoryError`].
pub async fn list(
    ports: &Ports,
    actor: &Actor,
    page: PageRequest,
) -> Result<Page<Payment>, RepositoryError> {
    let user = (!actor.admin).then_some(actor.user_id);
    ports.queries.payments(user, page).await
}

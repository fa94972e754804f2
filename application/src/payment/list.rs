//! Listing one's own payments.

use sojourn_domain::shared::{Actor, Page, PageRequest, RepositoryError};

use super::views::PaymentView;
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
) -> Result<Page<PaymentView>, RepositoryError> {
    let user = (!actor.admin).then_some(actor.user_id);
    let page = ports.payment_queries.payments(user, page).await?;
    Ok(page.map(|payment| PaymentView::from(&payment)))
}

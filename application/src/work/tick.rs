//! One round of the worker.

use sojourn_domain::shared::RepositoryError;

use super::{pay_out, publish_reviews, send_mails, settle_bookings, settle_payments};
use crate::ports::Ports;

/// Runs some due jobs of each kind and returns their number; zero means that the worker can pause.
/// Links in mails begin with `public_url`. A failure of one kind does not block the others.
///
/// # Errors
/// The first [`RepositoryError`], after all kinds were tried.
pub async fn tick(ports: &Ports, public_url: &str) -> Result<usize, RepositoryError> {
    let rounds = [
        settle_bookings(ports).await,
        settle_payments(ports).await,
        pay_out(ports).await,
        publish_reviews(ports).await,
        send_mails(ports, public_url).await,
    ];
    rounds.into_iter().try_fold(0, |sum, done| Ok(sum + done?))
}

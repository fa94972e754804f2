//! One round of the worker.

use sojourn_domain::shared::RepositoryError;

use super::process_due_bookings::process_due_bookings;
use super::publish_due_reviews::publish_due_reviews;
use super::retry_gateway_calls::retry_gateway_calls;
use super::send_due_payouts::send_due_payouts;
use super::send_emails::send_emails;
use crate::ports::Ports;

/// Runs some due jobs of each kind and returns their number; zero means that the worker can pause.
/// Links in mails begin with `public_url`. A failure of one kind does not block the others.
///
/// # Errors
/// The first [`RepositoryError`], after all kinds were tried.
pub async fn run_due_jobs(ports: &Ports, public_url: &str) -> Result<usize, RepositoryError> {
    let rounds = [
        process_due_bookings(ports).await,
        retry_gateway_calls(ports).await,
        send_due_payouts(ports).await,
        publish_due_reviews(ports).await,
        send_emails(ports, public_url).await,
    ];
    rounds.into_iter().try_fold(0, |sum, done| Ok(sum + done?))
}

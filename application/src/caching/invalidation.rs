//! Cache invalidation on commit.

use std::sync::Arc;

use sojourn_domain::shared::RepositoryError;
use tracing::Instrument;

use super::invalidating_bookings::InvalidatingBookings;
use super::invalidating_properties::InvalidatingProperties;
use super::invalidating_reviews::InvalidatingReviews;
use super::invalidating_users::InvalidatingUsers;
use crate::attempt::in_other_task;
use crate::ports::Ports;

/// Wraps the account, property, booking and review repositories such that every commit invalidates
/// the cached responses that depend on the changed data. A failed commit may still have been
/// stored, so it invalidates them as well.
///
/// Needs a Tokio runtime: a started commit is completed and its invalidation sent even if the
/// caller is dropped.
#[must_use]
pub fn invalidate_on_commit(ports: Ports) -> Ports {
    let cache = &ports.cache;
    let users = Arc::new(InvalidatingUsers {
        inner: ports.users,
        cache: Arc::clone(cache),
    });
    let properties = Arc::new(InvalidatingProperties {
        inner: ports.properties,
        cache: Arc::clone(cache),
    });
    let bookings = Arc::new(InvalidatingBookings {
        inner: ports.bookings,
        cache: Arc::clone(cache),
    });
    let reviews = Arc::new(InvalidatingReviews {
        inner: ports.reviews,
        cache: Arc::clone(cache),
    });
    Ports {
        users,
        properties,
        bookings,
        reviews,
        ..ports
    }
}

/// Runs to completion even if the caller is dropped, so that a commit is never left without its
/// invalidation.
///
/// # Errors
/// The error of the work, or [`RepositoryError::Internal`] if it panicked.
pub(super) async fn run_to_completion<T, E>(
    work: impl Future<Output = Result<T, E>> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<RepositoryError> + Send + 'static,
{
    let ended = tokio::spawn(in_other_task(work).in_current_span()).await;
    ended.unwrap_or_else(|error| {
        Err(RepositoryError::Internal(format!("a commit was aborted: {error}")).into())
    })
}

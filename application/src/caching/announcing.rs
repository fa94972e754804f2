//! Announcing changes.

use std::sync::Arc;

use sojourn_domain::shared::StoreError;
use tracing::Instrument;

use super::announced_bookings::AnnouncedBookings;
use super::announced_properties::AnnouncedProperties;
use super::announced_reviews::AnnouncedReviews;
use super::announced_users::AnnouncedUsers;
use crate::ports::Ports;

/// The same ports, with accounts, properties, bookings and reviews whose every commit is followed by the cache
/// forgetting what depended on what was changed. That a commit failed does not say that nothing was stored, so it is
/// followed by that too.
///
/// They need a Tokio runtime: a change that was begun is stored and announced also when nobody waits for it any more.
#[must_use]
pub fn announcing(ports: Ports) -> Ports {
    let cache = &ports.cache;
    let users = Arc::new(AnnouncedUsers {
        inner: ports.users,
        cache: Arc::clone(cache),
    });
    let properties = Arc::new(AnnouncedProperties {
        inner: ports.properties,
        cache: Arc::clone(cache),
    });
    let bookings = Arc::new(AnnouncedBookings {
        inner: ports.bookings,
        cache: Arc::clone(cache),
    });
    let reviews = Arc::new(AnnouncedReviews {
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

/// Runs to its end also when the caller gives up: between a commit and its announcement nothing may be dropped.
///
/// # Errors
/// The work's own, or [`StoreError::Corrupt`] when it panicked.
pub(super) async fn to_the_end<T, E>(
    work: impl Future<Output = Result<T, E>> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let ended = tokio::spawn(work.in_current_span()).await;
    ended.unwrap_or_else(|error| {
        Err(StoreError::Corrupt(format!("a change was broken off: {error}")).into())
    })
}

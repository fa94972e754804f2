//! Enums of reviews.

use async_graphql::Enum;
use sojourn_domain as domain;

/// Subject of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::review::Subject", name = "ReviewSubject")]
pub(crate) enum ReviewSubject {
    /// The property, reviewed by its guest.
    Property,
    /// The guest, reviewed by the host.
    Guest,
}

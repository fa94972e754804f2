//! The queries of the schema, by noun.

mod accounts;
mod bookings;
mod operations;
mod payments;
mod properties;
mod reviews;
mod summary;
mod wishlists;

use async_graphql::MergedObject;

use self::accounts::AccountQueries;
use self::bookings::BookingQueries;
use self::operations::OperatorQueries;
use self::payments::PaymentQueries;
use self::properties::PropertyQueries;
use self::reviews::ReviewQueries;
use self::summary::SummaryQueries;
use self::wishlists::WishlistQueries;

/// Queries. A resource that does not exist, or that the caller may not know of, is null.
#[derive(Default, MergedObject)]
pub(crate) struct Query(
    PropertyQueries,
    AccountQueries,
    BookingQueries,
    PaymentQueries,
    ReviewQueries,
    OperatorQueries,
    SummaryQueries,
    WishlistQueries,
);

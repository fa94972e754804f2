//! The mutations of the schema, by noun.

mod alterations;
mod auth;
mod bookings;
mod operations;
mod payload;
mod payments;
mod properties;
mod reviews;
mod users;
mod wishlists;

use async_graphql::MergedObject;

use self::alterations::AlterationMutations;
use self::auth::AuthMutations;
use self::bookings::BookingMutations;
use self::operations::OperatorMutations;
use self::payments::PaymentMutations;
use self::properties::PropertyMutations;
use self::reviews::ReviewMutations;
use self::users::UserMutations;
use self::wishlists::WishlistMutations;

/// Mutations. Each takes one `input` and answers with one payload. A request with one mutation and the header
/// `Idempotency-Key` is executed once, however often it is sent, unless it logs in or changes a secret.
#[derive(Default, MergedObject)]
pub(crate) struct Mutation(
    AuthMutations,
    UserMutations,
    PropertyMutations,
    BookingMutations,
    AlterationMutations,
    PaymentMutations,
    ReviewMutations,
    OperatorMutations,
    WishlistMutations,
);

/// True for mutations that are executed each time, whatever their key: they log in, or change tokens and secrets.
pub(crate) fn is_keyless(mutation: &str) -> bool {
    auth::NAMES.contains(&mutation)
}

/// True for mutations whose input has a password, so that their responses are not kept.
pub(crate) fn takes_password(mutation: &str) -> bool {
    matches!(mutation, "registerUser" | "eraseUser")
}

//! Payloads of mutations.

use async_graphql::{Context, SimpleObject};
use sojourn_application::booking::BookingView;
use sojourn_application::payment::PaymentView;
use sojourn_application::property::PropertyView;
use sojourn_application::review::ReviewView;
use sojourn_application::user::AccountView;
use sojourn_application::wishlist::WishlistView;

use crate::context::Call;
use crate::types::{Account, AccountWithState, Booking, Payment, Property, Review, Wishlist};

/// Result of a change of a property.
#[derive(SimpleObject)]
pub(crate) struct PropertyPayload {
    /// The property after the change.
    pub(crate) property: Property,
}

/// Result of a change of a booking.
#[derive(SimpleObject)]
pub(crate) struct BookingPayload {
    /// The booking after the change.
    pub(crate) booking: Booking,
}

/// Result of a change of a payment.
#[derive(SimpleObject)]
pub(crate) struct PaymentPayload {
    /// The payment after the change.
    pub(crate) payment: Payment,
}

/// Result of a change of a review.
#[derive(SimpleObject)]
pub(crate) struct ReviewPayload {
    /// The review after the change.
    pub(crate) review: Review,
}

/// Result of a change of a wish list.
#[derive(SimpleObject)]
pub(crate) struct WishlistPayload {
    /// The list after the change.
    pub(crate) wishlist: Wishlist,
}

/// Result of a change of an account.
#[derive(SimpleObject)]
pub(crate) struct AccountPayload {
    /// The account after the change.
    pub(crate) account: Account,
}

/// Result of a decision about an account.
#[derive(SimpleObject)]
pub(crate) struct AccountDecisionPayload {
    /// The account after the decision.
    pub(crate) account: AccountWithState,
}

/// Result of a change that leaves no resource.
#[derive(SimpleObject)]
pub(crate) struct DonePayload {
    /// Always true; a change that is not made is an error.
    done: bool,
}

impl DonePayload {
    /// The change was made.
    pub(crate) const DONE: Self = Self { done: true };
}

/// A payload of one resource is made from the view that its use case returns.
macro_rules! payloads {
    ($($payload:ident { $field:ident: $view:ty }),+ $(,)?) => {$(
        impl From<$view> for $payload {
            fn from(view: $view) -> Self {
                Self { $field: view.into() }
            }
        }
    )+};
}

payloads! {
    PropertyPayload { property: PropertyView },
    BookingPayload { booking: BookingView },
    PaymentPayload { payment: PaymentView },
    ReviewPayload { review: ReviewView },
    WishlistPayload { wishlist: WishlistView },
    AccountPayload { account: AccountView },
    AccountDecisionPayload { account: AccountView },
}

/// The request of a change: values read before it may be old after it.
pub(crate) fn begin<'a>(ctx: &Context<'a>) -> &'a Call {
    let call: &'a Call = ctx.data_unchecked();
    call.loaders.clear();
    call
}

//! Use cases of payments.

mod apply_outcome;
mod dispatch_calls;
mod failures;
mod get;
mod get_many;
mod handle_gateway_event;
mod list;
mod list_refunds;
mod pay;
mod permission;
mod refund;
mod refund_as_admin;
mod refused_cards;
mod views;

pub(crate) use dispatch_calls::{CallOutcome, dispatch_best_effort, outcome_of};
pub use dispatch_calls::{DispatchError, dispatch};
pub(crate) use failures::{gateway_unavailable, payment_refused};
pub use get::{GetError, get};
pub use get_many::get_many;
pub use handle_gateway_event::{GatewayEventError, handle_gateway_event};
pub use list::list;
pub use list_refunds::list_refunds;
pub use pay::{Pay, PayError, pay};
pub use permission::permit_refund;
pub use refund::{RefundError, refund};
pub use refund_as_admin::refund_as_admin;
pub(crate) use refused_cards::{
    card_limit, seconds_until, seconds_until_next_card, too_many_refused_cards,
};
pub use views::{PaymentEntryView, PaymentView, is_visible};

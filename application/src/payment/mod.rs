//! Use cases of payments.

mod get;
mod hear;
mod list;
mod outcome;
mod pay;
mod refund;
mod settle;

pub use get::{GetError, get};
pub use hear::{HearError, hear};
pub use list::list;
pub use pay::{Pay, PayError, pay};
pub use refund::{RefundError, refund};
pub(crate) use settle::{Answer, answer_to, follow};
pub use settle::{SettleError, settle};

//! What people do with payments.

mod get;
mod list;
mod outcome;
mod pay;
mod refund;
mod settle;

pub use get::{GetError, get};
pub use list::list;
pub use pay::{Pay, PayError, pay};
pub use refund::{RefundError, refund};
pub use settle::{SettleError, settle};

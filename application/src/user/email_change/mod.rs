//! Changing the address of one's account.

mod confirm;
mod request;

pub use confirm::confirm_email_change;
pub use request::{RequestEmailChangeError, request_email_change};

//! Use cases for operators. Each change is recorded in the audit log by the commit that makes it.

mod audit_log;
mod cache_report;
mod cancel_booking;
mod change_user;
mod denied;
mod error;
mod get_user;
mod ledger;
mod list_bookings;
mod list_properties;
mod list_refunds;
#[cfg(test)]
mod permission_tests;
mod refund;
mod reinstate_property;
mod reinstate_user;
mod reset_second_factor;
mod suspend_property;
mod suspend_user;
mod written_down;

pub use audit_log::audit_log;
pub use cache_report::cache_report;
pub use cancel_booking::cancel_booking;
pub use change_user::{AccountEdit, ChangeUserError, change_user};
pub use denied::denied;
pub use error::AdminError;
pub use get_user::get_user;
pub use ledger::{LedgerError, LedgerPage, ledger};
pub use list_bookings::list_bookings;
pub use list_properties::list_properties;
pub use list_refunds::list_refunds;
pub use refund::refund;
pub use reinstate_property::reinstate_property;
pub use reinstate_user::reinstate_user;
pub use reset_second_factor::reset_second_factor;
pub use suspend_property::suspend_property;
pub use suspend_user::suspend_user;
pub(crate) use written_down::{changed_by_operator, write_down};

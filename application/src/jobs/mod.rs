//! Background jobs, run by the worker.

mod address_emails;
mod clean_up;
mod decide;
mod emails;
mod handoff;
mod list;
mod process_due_booking;
mod publish_due_review;
mod retry_refund;
mod send_due_payouts;
mod send_email;
mod subject_work;
mod view;
mod work;

pub use clean_up::clean_up;
pub use decide::{JobDecisionError, discard, retry};
pub use handoff::Handoff;
pub use list::{JobOperator, list};
pub use send_email::EmailWork;
pub use subject_work::SubjectWork;
pub use view::JobView;
pub use work::{Work, WorkError, WorkItem};

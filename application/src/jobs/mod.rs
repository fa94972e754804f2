//! Background jobs, run by the worker.

mod alteration_email;
mod booking_email;
#[cfg(test)]
mod booking_email_tests;
mod clean_up;
mod emails;
mod handoff;
mod process_due_booking;
mod publish_due_review;
mod send_due_payouts;
mod send_email;
mod subject_work;
mod work;

pub use clean_up::clean_up;
pub use handoff::Handoff;
pub use send_email::EmailWork;
pub use subject_work::SubjectWork;
pub use work::{Work, WorkError, WorkItem};

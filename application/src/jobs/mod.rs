//! Background jobs, run by the worker.

mod alteration_email;
mod booking_email;
#[cfg(test)]
mod booking_email_tests;
mod emails;
mod process_due_bookings;
mod publish_due_reviews;
mod retry_gateway_calls;
mod run_due;
mod send_due_payouts;
mod send_emails;

pub use process_due_bookings::process_due_bookings;
pub use publish_due_reviews::publish_due_reviews;
pub use retry_gateway_calls::retry_gateway_calls;
pub use run_due::run_due_jobs;
pub use send_due_payouts::send_due_payouts;
pub use send_emails::send_emails;

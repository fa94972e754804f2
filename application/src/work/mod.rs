//! Background jobs, run by the worker.

mod booking_letter;
mod letter;
mod pay_out;
mod publish_reviews;
mod send_mails;
mod settle_bookings;
mod settle_payments;
mod tick;

pub use pay_out::pay_out;
pub use publish_reviews::publish_reviews;
pub use send_mails::send_mails;
pub use settle_bookings::settle_bookings;
pub use settle_payments::settle_payments;
pub use tick::tick;

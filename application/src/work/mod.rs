//! What time alone asks for, done by the worker.

mod letter;
mod publish_reviews;
mod send_mails;
mod settle_bookings;
mod settle_payments;
mod tick;

pub use publish_reviews::publish_reviews;
pub use send_mails::send_mails;
pub use settle_bookings::settle_bookings;
pub use settle_payments::settle_payments;
pub use tick::tick;

//! Notifications: their titles and texts, for mails and for the events of an account.

mod alteration;
mod booking;
#[cfg(test)]
mod booking_tests;
mod content;
mod quotation;

pub use content::{NotificationText, notification_text};
pub(crate) use content::{booking_content, review_content, security_content};

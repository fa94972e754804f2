//! Mail by SMTP or into files.

mod file;
mod message;
mod smtp;

pub use file::FileMailer;
pub use message::{Sender, SenderError};
pub use smtp::{SmtpMailer, SmtpUrlError};

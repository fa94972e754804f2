//! Registration and verification of e-mail addresses.

mod register;
mod resend_verification;
pub(super) mod verify_email;

pub use register::{Register, RegisterError, check_registration, register};
pub(crate) use resend_verification::enqueue_verification;
pub use resend_verification::{ResendVerificationError, resend_verification};
pub use verify_email::verify_email;

//! Logging in and out, sessions, one-time tokens, passwords, second factors.

mod admin_reset_totp;
mod dto;
mod email_change;
mod email_change_confirm;
mod email_resend;
mod email_verify;
mod list_sessions;
mod log_in;
mod log_out;
mod operations;
mod password_change;
mod password_forgot;
mod password_reset;
mod refresh;
mod revoke_session;
mod totp_confirm;
mod totp_disable;
mod totp_dto;
mod totp_enrol;

pub(crate) use dto::{PasswordBody, SessionDto};
pub use operations::operations;

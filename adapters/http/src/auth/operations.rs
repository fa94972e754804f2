//! Operations of sessions, passwords and second factors.

use super::{
    admin_reset_totp, email_change, email_change_confirm, email_resend, email_verify,
    list_sessions, log_in, log_out, password_change, password_forgot, password_reset, refresh,
    revoke_session, totp_confirm, totp_disable, totp_enrol,
};
use crate::operations::{Operation, operation};

/// All operations, in the order in which their paths are searched.
pub fn operations() -> Vec<Operation> {
    vec![
        operation!(log_in::log_in),
        operation!(refresh::refresh),
        operation!(log_out::log_out),
        operation!(list_sessions::list_sessions),
        operation!(revoke_session::revoke_session),
        operation!(email_verify::email_verify),
        operation!(email_resend::email_resend),
        operation!(email_change::request_email_change),
        operation!(email_change_confirm::confirm_email_change),
        operation!(password_forgot::password_forgot),
        operation!(password_reset::password_reset),
        operation!(password_change::password_change),
        operation!(totp_enrol::enrol_totp),
        operation!(totp_disable::disable_totp),
        operation!(totp_confirm::confirm_totp),
        operation!(admin_reset_totp::reset_totp),
    ]
}

//! Routes of authentication.

use actix_web::web::{ServiceConfig, scope};
use utoipa::OpenApi;

use super::{
    email_verify, list_sessions, log_in, log_out, password_change, password_forgot, password_reset,
    refresh, revoke_session, totp_confirm, totp_disable, totp_enrol,
};
use crate::routing::resource;

/// Authentication operations.
#[derive(OpenApi)]
#[openapi(
    paths(
        log_in::log_in,
        refresh::refresh,
        log_out::log_out,
        list_sessions::list_sessions,
        revoke_session::revoke_session,
        email_verify::email_verify,
        password_forgot::password_forgot,
        password_reset::password_reset,
        password_change::password_change,
        totp_enrol::enrol_totp,
        totp_confirm::confirm_totp,
        totp_disable::disable_totp,
    ),
    tags((name = "auth", description = "Sessions, one-time tokens, passwords and second factors"))
)]
pub struct AuthApi;

/// Mounts `/auth`.
pub fn routes(config: &mut ServiceConfig) {
    let routes = scope("/auth")
        .service(resource("/login").post(log_in::log_in))
        .service(resource("/refresh").post(refresh::refresh))
        .service(resource("/logout").post(log_out::log_out))
        .service(resource("/sessions").get(list_sessions::list_sessions))
        .service(resource("/sessions/{session_id}").delete(revoke_session::revoke_session))
        .service(resource("/email/verify").post(email_verify::email_verify))
        .service(resource("/password/forgot").post(password_forgot::password_forgot))
        .service(resource("/password/reset").post(password_reset::password_reset))
        .service(resource("/password/change").post(password_change::password_change))
        .service(
            resource("/totp")
                .post(totp_enrol::enrol_totp)
                .delete(totp_disable::disable_totp),
        )
        .service(resource("/totp/confirm").post(totp_confirm::confirm_totp));
    config.service(routes);
}

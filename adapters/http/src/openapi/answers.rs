//! Statuses of errors by operation: those that can happen, and no others.

use serde_json::Value;

/// Operations that charge a card, or capture an authorized amount.
const CHARGING: [&str; 4] = [
    "accept_alteration",
    "accept_booking",
    "create_payment",
    "update_booking",
];

/// Operations whose body names a resource.
const NAMING: [&str; 4] = [
    "create_booking",
    "create_payment",
    "create_review",
    "give_refund",
];

/// Public operations that answer 401 to wrong credentials.
const AUTHENTICATING: [&str; 2] = ["log_in", "refresh_tokens"];

/// Reads that depend on the state of a booking or a calendar.
const CONFLICTING_READS: [&str; 2] = ["get_quote", "preview_cancellation"];

/// Changes that cannot conflict with anything.
const WITHOUT_CONFLICT: [&str; 10] = [
    "confirm_email_change",
    "request_email_change",
    "forgot_password",
    "log_in",
    "log_out",
    "refresh_tokens",
    "resend_verification",
    "reset_password",
    "revoke_session",
    "verify_email",
];

/// Removes the error answers that the operation never gives.
pub fn restrict(path: &str, method: &str, operation: &mut Value) {
    let id = operation["operationId"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let named = |list: &[&str]| list.contains(&id.as_str());
    let security = operation["security"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let anonymous = security.is_empty() || security.iter().any(|it| *it == serde_json::json!({}));
    let has_body = operation["requestBody"].is_object();
    let versioned = path.starts_with("/v1/");
    let can_happen = |status: &str| match status {
        "400" | "408" | "413" | "415" => has_body,
        "401" => !security.is_empty() || named(&AUTHENTICATING),
        "402" => named(&CHARGING),
        "403" => !anonymous || id == "log_in",
        "404" => path.contains('{') || named(&NAMING),
        "405" => false,
        "409" if method == "get" => named(&CONFLICTING_READS),
        "409" => !named(&WITHOUT_CONFLICT),
        "422" => versioned || id == "readyz",
        _ => true,
    };
    if let Some(answers) = operation["responses"].as_object_mut() {
        answers.retain(|status, _| can_happen(status));
    }
}

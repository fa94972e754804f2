//! Problems by operation: the statuses and codes that can occur there, and no others.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::directions::for_each_operation;
use super::responses::{self, PROBLEM};
use crate::schema::{MEMBERS, Of, PROBLEM_CODES, ProblemCode, reference, schemas};

/// Codes of a status that several operations have in common: the status, the name of their response, and the codes in
/// alphabetical order. An operation with other codes has a response of its own.
const SHARED: &[(u16, &str, &[&str])] = &[
    (
        400,
        "BadRequest",
        &["bad_request", "malformed_body", "malformed_json"],
    ),
    (401, "TokenInvalid", &["token_invalid"]),
    (401, "Unauthorized", &["token_invalid", "token_missing"]),
    (
        402,
        "PaymentRequired",
        &[
            "authentication_required",
            "card_declined",
            "insufficient_funds",
            "invalid_payment_method",
        ],
    ),
    (403, "Forbidden", &["forbidden"]),
    (403, "PasswordRequired", &["password_required"]),
    (404, "NotFound", &["not_found"]),
    (406, "NotAcceptable", &["not_acceptable"]),
    (408, "RequestTimeout", &["request_timeout"]),
    (
        409,
        "AlterationConflict",
        &[
            "alteration_pending",
            "idempotency_in_progress",
            "no_alteration",
            "wrong_state",
        ],
    ),
    (
        409,
        "ErasureConflict",
        &["balance_due", "last_operator", "obligations_open"],
    ),
    (409, "KeyConflict", &["idempotency_in_progress"]),
    (
        409,
        "KeyOrStateConflict",
        &["idempotency_in_progress", "wrong_state"],
    ),
    (409, "StateConflict", &["wrong_state"]),
    (
        409,
        "RefundConflict",
        &["idempotency_in_progress", "refund_declined"],
    ),
    (412, "PreconditionFailed", &["precondition_failed"]),
    (413, "ContentTooLarge", &["body_too_large"]),
    (414, "UriTooLong", &["uri_too_long"]),
    (
        415,
        "UnsupportedMediaType",
        &["unsupported_content_encoding", "unsupported_media_type"],
    ),
    (422, "UnprocessableContent", &["validation_failed"]),
    (
        422,
        "UnprocessableOrReusedKey",
        &[
            "idempotency_key_invalid",
            "idempotency_key_reused",
            "validation_failed",
        ],
    ),
    (
        422,
        "UnprocessablePage",
        &["cursor_invalid", "validation_failed"],
    ),
    (
        422,
        "UnprocessableToken",
        &["token_invalid", "validation_failed"],
    ),
    (429, "TooManyRequests", &["rate_limited"]),
    (
        429,
        "TooManyRequestsOrCards",
        &["rate_limited", "too_many_refused_cards"],
    ),
    (500, "InternalServerError", &["internal_error"]),
    (
        503,
        "PaymentOrServiceUnavailable",
        &["payment_unavailable", "unavailable"],
    ),
    (503, "ServiceUnavailable", &["unavailable"]),
];

/// Codes of an operation by status, in alphabetical order.
type Codes = BTreeMap<u16, Vec<&'static ProblemCode>>;

/// Replaces the problem responses of every operation with those of its codes, and adds their components.
pub fn declare(document: &mut Value) {
    let mut components = BTreeMap::new();
    for_each_operation(document, |path, _, operation| {
        let codes = codes_of(path, operation);
        let id = operation["operationId"].as_str().unwrap_or_default();
        let named: Vec<_> = codes
            .into_iter()
            .map(|(status, codes)| (status, name(id, status, &codes), codes))
            .collect();
        let Some(answers) = operation["responses"].as_object_mut() else {
            return;
        };
        answers.retain(|status, _| status.starts_with(['1', '2', '3']));
        for (status, name, codes) in named {
            let target = json!({ "$ref": format!("#/components/responses/{name}") });
            answers.insert(status.to_string(), target);
            components.insert(name, (status, codes));
        }
    });
    let whole = document["components"]["schemas"][PROBLEM].clone();
    for (name, (status, codes)) in components {
        // A defect can be anything.
        let schema = if status == 500 {
            PROBLEM.to_owned()
        } else {
            let schema = format!("{name}{PROBLEM}");
            let narrow = narrowed(whole.clone(), status, &codes);
            schemas(document)
                .into_iter()
                .for_each(|it| drop(it.insert(schema.clone(), narrow.clone())));
            schema
        };
        document["components"]["responses"][name] =
            responses::describe(status, &codes, &reference(&schema));
    }
}

/// The name of the response of an operation with these codes.
fn name(id: &str, status: u16, codes: &[&ProblemCode]) -> String {
    let is_shared = |(of, _, names): &&(u16, &str, &[&str])| {
        *of == status && names.iter().copied().eq(codes.iter().map(|it| it.code))
    };
    if let Some((_, shared, _)) = SHARED.iter().find(is_shared) {
        return (*shared).to_owned();
    }
    let words = id.split('_').map(|word| {
        let (initial, rest) = word.split_at(word.len().min(1));
        initial.to_uppercase() + rest
    });
    let title: String = words.collect();
    format!("{title}{}", responses::kind(status))
}

/// The codes of an operation.
fn codes_of(path: &str, operation: &Value) -> Codes {
    let id = operation["operationId"].as_str().unwrap_or_default();
    let security = operation["security"].as_array();
    let security: Vec<_> = security.into_iter().flatten().collect();
    let is_anonymous = security.iter().any(|it| **it == json!({}));
    let parameters = operation["parameters"].as_array();
    let parameters: Vec<_> = parameters.into_iter().flatten().collect();
    let takes = |name: &str| {
        let target = format!("#/components/parameters/{name}");
        parameters.iter().any(|it| it["$ref"] == target.as_str())
    };
    let is_of = |of: &Of| match of {
        Of::All => true,
        Of::Bodies => operation["requestBody"].is_object(),
        Of::Callers => !security.is_empty() && !is_anonymous,
        Of::Tokens => !security.is_empty(),
        Of::Operators => path.starts_with("/v1/admin/"),
        Of::Counted => super::rate_limits::is_rate_limited(path),
        Of::Resources => path.contains('{'),
        Of::Inputs => path.starts_with("/v1/") || id == "readyz",
        Of::Keyed => takes(super::parameters::IDEMPOTENCY_KEY),
        Of::Cursors => parameters.iter().any(|it| it["name"] == "cursor"),
        Of::Versions => takes(super::parameters::VERSION),
        Of::Only(ids) => ids.contains(&id),
    };
    let mut codes = Codes::new();
    for code in PROBLEM_CODES.iter().filter(|it| it.of.iter().any(is_of)) {
        codes.entry(code.status).or_default().push(code);
    }
    codes
}

/// The schema of problems with these codes, and with the members that these have.
fn narrowed(mut problem: Value, status: u16, codes: &[&ProblemCode]) -> Value {
    problem["description"] = format!("A problem with the status {status}.").into();
    let names: Vec<_> = codes.iter().map(|it| it.code).collect();
    let absent: BTreeSet<&str> = MEMBERS
        .iter()
        .filter(|(_, of)| !of.iter().any(|code| names.contains(code)))
        .map(|(member, _)| *member)
        .chain((!codes.iter().any(|it| it.has_violations())).then_some("errors"))
        .collect();
    if let Some(fields) = problem["properties"].as_object_mut() {
        fields.retain(|name, _| !absent.contains(name.as_str()));
        if let Some(code) = fields.get_mut("code").and_then(Value::as_object_mut) {
            replace_codes(code, &names);
        }
    }
    problem
}

/// Replaces the schema of all codes with that of a few, which may gain others.
fn replace_codes(code: &mut Map<String, Value>, names: &[&str]) {
    code.remove("$ref");
    let known = json!({ "type": "string", "enum": names });
    code.insert("anyOf".to_owned(), json!([known, { "type": "string" }]));
}

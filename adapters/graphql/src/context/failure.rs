//! Failures of use cases as errors of fields.

use std::sync::Arc;

use async_graphql::{Error, ErrorExtensionValues, Name, ServerError, Value};
use sojourn_application::{Failure, FailureKind, UseCaseError};
use sojourn_domain::shared::Violations;

/// The failure of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ApiError(pub(crate) Box<Failure>);

/// The result of a field.
pub(crate) type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// A failure.
    pub(crate) fn new(failure: Failure) -> Self {
        Self(Box::new(failure))
    }

    /// Some arguments are wrong.
    pub(crate) fn invalid(violations: Violations) -> Self {
        Self::new(Failure::invalid(violations))
    }

    /// A request that is not well-formed.
    pub(crate) fn malformed(detail: impl Into<String>) -> Self {
        let code = "malformed_request";
        Self::new(Failure::new(FailureKind::Invalid, code, detail.into()))
    }

    /// True if the resource does not exist, or the caller may not know of it.
    pub(crate) fn is_not_found(&self) -> bool {
        self.0.kind == FailureKind::NotFound
    }
}

impl<E: UseCaseError> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self::new(error.failure())
    }
}

impl From<ApiError> for Error {
    fn from(ApiError(failure): ApiError) -> Self {
        Self {
            message: failure.detail.clone().into_owned(),
            source: Some(Arc::new(*failure)),
            extensions: None,
        }
    }
}

/// The resource of a lookup; `None` if it does not exist, or the caller may not know of it.
pub(crate) fn found<T, E: UseCaseError>(result: Result<T, E>) -> ApiResult<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) => match error.failure() {
            failure if failure.kind == FailureKind::NotFound => Ok(None),
            failure => Err(ApiError::new(failure)),
        },
    }
}

/// The command of an input. If it has none, a caller without the permission learns of that and not of the input.
///
/// # Errors
/// The missing permission, otherwise the violations.
pub(crate) async fn judged<T, E: UseCaseError>(
    parsed: Result<T, Violations>,
    permission: impl Future<Output = Result<(), E>>,
) -> ApiResult<T> {
    match parsed {
        Ok(command) => Ok(command),
        Err(violations) => {
            permission.await?;
            Err(ApiError::invalid(violations))
        }
    }
}

/// Describes a failure in the extensions of an error: its code, status, and the arguments that are wrong.
pub(crate) fn describe(error: &mut ServerError, failure: &Failure, request_id: &str) {
    let mut all = ErrorExtensionValues::default();
    all.set("code", failure.code.as_ref());
    all.set("status", i32::from(failure.kind.status()));
    all.set("requestId", request_id);
    if !failure.violations.is_empty() {
        let violations = failure.violations.iter().map(|it| {
            let detail = Value::String(it.detail.clone());
            Value::Object(
                [
                    (Name::new("path"), path_of(&it.pointer)),
                    (Name::new("code"), Value::String(it.code.to_owned())),
                    (Name::new("detail"), detail),
                ]
                .into_iter()
                .collect(),
            )
        });
        all.set("violations", Value::List(violations.collect()));
    }
    if let FailureKind::Throttled(seconds) = failure.kind {
        all.set("retryAfter", i64::from(seconds));
    }
    for (name, value) in &failure.members {
        let value = Value::from_json(value.clone()).unwrap_or_default();
        all.set(camel_case(name), value);
    }
    error.message = failure.detail.replace("`errors`", "`violations`");
    error.extensions = Some(all);
}

/// The names of a JSON pointer as those of the schema.
fn path_of(pointer: &str) -> Value {
    let names = pointer.split('/').filter(|name| !name.is_empty());
    let path = names.map(|name| match name.parse::<u32>() {
        Ok(index) => Value::Number(index.into()),
        Err(_) => Value::String(camel_case(name)),
    });
    Value::List(path.collect())
}

/// `weekly_discount_bps` as `weeklyDiscountBps`.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut all, word| {
        let mut rest = word.chars();
        all.extend(rest.next().map(|first| first.to_ascii_uppercase()));
        all.push_str(rest.as_str());
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_the_names_of_the_schema() {
        let path = path_of("/pricing/taxes/2/exempt_from_nights");
        assert_eq!(
            path.to_string(),
            r#"["pricing", "taxes", 2, "exemptFromNights"]"#
        );
        assert_eq!(path_of("").to_string(), "[]");
        assert_eq!(camel_case("line1"), "line1");
    }

    #[test]
    fn resources_out_of_sight_are_null_and_other_failures_are_not() {
        assert_eq!(found::<_, Violations>(Ok(1)).ok().flatten(), Some(1));
        let gone = sojourn_application::property::GetError::NotFound;
        assert!(matches!(found::<(), _>(Err(gone)), Ok(None)));
        assert!(found::<(), _>(Err(Violations::new())).is_err());
    }
}

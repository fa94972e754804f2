//! Limits of values: of arguments in a document, and of variables.

use async_graphql::parser::types::VariableDefinition;
use async_graphql::{Name, Positioned, Value, Variables};
use sojourn_application::{Failure, FailureKind};
use sojourn_domain::shared::Violations;

use crate::context::{ApiError, ApiResult};

/// Maximum number of items of a list: more than any that the schema takes.
const MAX_ITEMS: usize = 200;

/// Checks the texts and the lists in a value.
///
/// # Errors
/// U+0000 in a text, which no database stores, or a list that is too long.
pub(crate) fn check_value(pointer: &str, value: &Value) -> ApiResult<()> {
    let mut found = Violations::new();
    find_violation(pointer, value, &mut found);
    found.into_result(()).map_err(ApiError::invalid)
}

/// Checks the texts and the lists of variables.
///
/// # Errors
/// Those of [`check_value`].
pub(crate) fn check_variables<'a>(
    mut variables: impl Iterator<Item = (&'a Name, &'a Value)>,
) -> ApiResult<()> {
    variables.try_for_each(|(name, value)| check_value(&format!("/variables/{name}"), value))
}

/// Checks that every variable that must have a value has one.
///
/// # Errors
/// `query_invalid`.
pub(crate) fn check_required(
    definitions: &[Positioned<VariableDefinition>],
    given: &Variables,
) -> ApiResult<()> {
    let mut required = definitions.iter().map(|it| &it.node).filter(|it| {
        let has_value = it.default_value.is_some() || given.contains_key(&it.name.node);
        !it.var_type.node.nullable && !has_value
    });
    required.next().map_or(Ok(()), |missing| {
        let (name, of) = (&missing.name.node, &missing.var_type.node);
        let detail = format!("The variable ${name} of type {of} is missing.");
        let failure = Failure::new(FailureKind::Invalid, "query_invalid", detail);
        Err(ApiError::new(failure))
    })
}

/// Adds the first violation.
fn find_violation(pointer: &str, value: &Value, found: &mut Violations) {
    match value {
        Value::String(text) if text.contains('\0') => {
            found.add(pointer, "invalid", "texts must not contain U+0000");
        }
        Value::List(items) if items.len() > MAX_ITEMS => {
            let detail = format!("lists must have at most {MAX_ITEMS} items");
            found.add(pointer, "too_long", detail);
        }
        Value::List(items) => find_in(pointer, items.iter(), found),
        Value::Object(fields) => find_in(pointer, fields.values(), found),
        _ => {}
    }
}

fn find_in<'a>(pointer: &str, values: impl Iterator<Item = &'a Value>, found: &mut Violations) {
    for value in values {
        find_violation(pointer, value, found);
        if !found.is_empty() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(value: Value) -> Option<&'static str> {
        let nested = Value::Object([(Name::new("a"), value)].into_iter().collect());
        let failure = check_variables([(&Name::new("v"), &nested)].into_iter()).err()?;
        let violation = failure.0.violations.iter().next()?;
        assert_eq!(violation.pointer, "/variables/v");
        Some(violation.code)
    }

    #[test]
    fn long_lists_are_refused_before_they_are_read() {
        let list = |count: usize| Value::List(vec![Value::Null; count]);
        assert_eq!(code(list(MAX_ITEMS)), None);
        assert_eq!(code(list(MAX_ITEMS + 1)), Some("too_long"));
        assert_eq!(code(Value::List(vec![list(1_000)])), Some("too_long"));
    }

    #[test]
    fn texts_without_u_0000_are_accepted() {
        assert_eq!(code(Value::String("a".to_owned())), None);
        let text = Value::List(vec![Value::String("a\0".to_owned())]);
        assert_eq!(code(text), Some("invalid"));
    }
}

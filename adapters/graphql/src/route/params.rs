//! Parameters of requests.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::context::{ApiError, ApiResult};
use async_graphql::Variables;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The parameters of a request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Params {
    /// The document; absent for one that is known by its hash.
    pub(super) query: Option<String>,
    /// The operation of a document with several.
    pub(super) operation_name: Option<String>,
    /// Values of its variables.
    variables: Option<Map<String, Value>>,
    /// Extensions of the protocol.
    pub(super) extensions: Option<Map<String, Value>>,
}

impl Params {
    /// The parameters in a body.
    pub(super) fn of_body(body: &[u8]) -> ApiResult<Self> {
        let value: Value = serde_json::from_slice(body).map_err(|error| {
            ApiError::malformed(format!("The request body is not valid JSON: {error}."))
        })?;
        if value.is_array() {
            return Err(ApiError::malformed(
                "Batches are not supported. Send one request at a time.",
            ));
        }
        let read = serde_json::from_value(value);
        read.map_err(|error| ApiError::malformed(format!("The request is malformed: {error}.")))
    }

    /// The parameters in a query string.
    pub(super) fn of_query(query: &str) -> ApiResult<Self> {
        let mut all: HashMap<_, _> = form_urlencoded::parse(query.as_bytes()).collect();
        let mut text = |name: &str| all.remove(name).map(Cow::into_owned);
        let object = |name: &str, text: Option<String>| -> ApiResult<_> {
            let text = text.filter(|it| !it.is_empty());
            let read = text.map(|it| serde_json::from_str(&it)).transpose();
            read.map_err(|error| {
                ApiError::malformed(format!("`{name}` is not a JSON object: {error}."))
            })
        };
        let (variables, extensions) = (text("variables"), text("extensions"));
        Ok(Self {
            query: text("query"),
            operation_name: text("operationName").filter(|it| !it.is_empty()),
            variables: object("variables", variables)?,
            extensions: object("extensions", extensions)?,
        })
    }

    /// The values of the variables.
    pub(super) fn take_variables(&mut self) -> Variables {
        let variables = self.variables.take().unwrap_or_default();
        Variables::from_json(Value::Object(variables))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_objects_with_known_types() {
        let read = |body: &str| Params::of_body(body.as_bytes());
        let params =
            read(r#"{"query": "{a}", "operationName": null, "variables": {"b": 1}, "x": 2}"#);
        assert_eq!(params.unwrap().query.as_deref(), Some("{a}"));
        for body in [
            "",
            "{",
            "7",
            "null",
            "[]",
            r#"[{"query": "{a}"}]"#,
            r#"{"query": 7}"#,
            r#"{"query": "{a}", "variables": "{}"}"#,
            r#"{"query": "{a}", "variables": [1]}"#,
            r#"{"query": "{a}", "operationName": 7}"#,
            r#"{"query": "{a}", "extensions": 7}"#,
        ] {
            let failure = read(body).unwrap_err();
            assert_eq!(failure.0.code, "malformed_request", "{body}");
        }
    }

    #[test]
    fn query_strings_have_objects_as_json() {
        let params =
            Params::of_query("query=%7Ba%7D&variables=%7B%22b%22%3A1%7D&operationName=").unwrap();
        assert_eq!(
            (params.query.as_deref(), params.operation_name),
            (Some("{a}"), None)
        );
        assert_eq!(params.variables.map(|it| it.len()), Some(1));
        assert!(Params::of_query("variables=7").is_err());
    }
}

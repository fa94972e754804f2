//! Enumerations that may gain values.

use serde_json::Value;
use utoipa::openapi::schema::{AnyOfBuilder, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};

/// Schema of an enumeration that may gain values: one of those known, or another text.
pub fn open_enum(known: impl IntoIterator<Item = impl Into<Value>>) -> RefOr<Schema> {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    AnyOfBuilder::new()
        .item(text().enum_values(Some(known)))
        .item(text())
        .into()
}

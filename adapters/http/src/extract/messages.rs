//! Violations in the words of the API, from the messages of the deserializer.

/// A message of the deserializer, read.
#[derive(Debug)]
pub(super) struct Explained<'a> {
    /// Stable code of the violation.
    pub(super) code: &'static str,
    /// Name of the field that the message names, if it is inside of the place of the error.
    pub(super) field: Option<&'a str>,
    /// Sentence that says what is allowed.
    pub(super) detail: String,
}

/// Reads a message.
pub(super) fn explain(message: &str) -> Explained<'_> {
    let named = message.split('`').nth(1);
    let explained = |code, field, detail| Explained {
        code,
        field,
        detail,
    };
    if message.starts_with("missing field") {
        explained("required", named, "is required".to_owned())
    } else if message.starts_with("unknown field") {
        let fields = choices(message);
        let detail = match fields.as_slice() {
            [] => "is unknown; no fields are expected here".to_owned(),
            fields => format!("is unknown; the fields are {}", fields.join(", ")),
        };
        explained("unknown_field", named, detail)
    } else if message.starts_with("duplicate field") {
        explained("duplicate", named, "must be given once".to_owned())
    } else if message.starts_with("unknown variant") {
        let detail = format!("must be one of {}", choices(message).join(", "));
        explained("unknown_value", None, detail)
    } else if message.starts_with("invalid type") {
        explained(
            "wrong_type",
            None,
            format!("must be {}", kind_of(expected(message))),
        )
    } else if message.starts_with("invalid value") {
        explained(
            "out_of_range",
            None,
            format!("must be {}", kind_of(expected(message))),
        )
    } else {
        explained("invalid", None, plain(message))
    }
}

/// The type that the deserializer expected.
fn expected(message: &str) -> &str {
    let expected = message.rsplit_once("expected ").map_or("", |(_, it)| it);
    expected.split(" at line ").next().unwrap_or(expected)
}

/// The quoted names behind what was expected.
pub(super) fn choices(message: &str) -> Vec<&str> {
    let list = message.split_once("expected ").map_or("", |(_, it)| it);
    list.split('`').skip(1).step_by(2).collect()
}

/// A type of the deserializer as JSON has it.
fn kind_of(expected: &str) -> &'static str {
    match expected {
        "u8" => "an integer from 0 to 255",
        "u16" => "an integer from 0 to 65535",
        "u32" => "an integer from 0 to 4294967295",
        "i32" => "an integer from -2147483648 to 2147483647",
        "u64" | "usize" => "an integer of 0 or more",
        "i8" | "i16" | "i64" => "an integer",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a string" | "string or map" | "str" => "a string",
        "a sequence" => "an array",
        "a map" => "an object",
        other if other.starts_with("struct ") => "an object",
        other if other.starts_with("a tuple") || other.starts_with("an array") => "an array",
        _ => "of another type",
    }
}

/// Messages of the standard library about the text of a parameter.
fn plain(message: &str) -> String {
    let detail = if message.contains("`true` or `false`") {
        "must be true or false"
    } else if message.contains("float literal") {
        "must be a number"
    } else if message.contains("digit")
        || message.contains("integer")
        || message.contains("number too")
    {
        "must be an integer in range"
    } else {
        "is not valid"
    };
    detail.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: [(&str, &str, &str); 13] = [
        ("missing field `email`", "required", "is required"),
        (
            "unknown field `x`, expected `a` or `b`",
            "unknown_field",
            "is unknown; the fields are a, b",
        ),
        (
            "unknown field `x`, there are no fields",
            "unknown_field",
            "is unknown; no fields are expected here",
        ),
        ("duplicate field `limit`", "duplicate", "must be given once"),
        (
            "unknown variant `king`, expected `member` or `admin`",
            "unknown_value",
            "must be one of member, admin",
        ),
        (
            "unknown variant `x`, expected one of `a`, `b`, `c`",
            "unknown_value",
            "must be one of a, b, c",
        ),
        (
            "invalid type: string \"two\", expected u32",
            "wrong_type",
            "must be an integer from 0 to 4294967295",
        ),
        (
            "invalid type: sequence, expected struct PropertyInput",
            "wrong_type",
            "must be an object",
        ),
        (
            "invalid type: integer `1`, expected a string",
            "wrong_type",
            "must be a string",
        ),
        (
            "invalid value: integer `-1`, expected u32",
            "out_of_range",
            "must be an integer from 0 to 4294967295",
        ),
        (
            "invalid digit found in string",
            "invalid",
            "must be an integer in range",
        ),
        (
            "provided string was not `true` or `false`",
            "invalid",
            "must be true or false",
        ),
        ("invalid float literal", "invalid", "must be a number"),
    ];

    #[test]
    fn messages_say_what_is_allowed_and_nothing_of_the_inside() {
        for (message, code, detail) in CASES {
            let explained = explain(message);
            assert_eq!((explained.code, explained.detail.as_str()), (code, detail));
            let names = matches!(code, "required" | "unknown_field" | "duplicate");
            assert_eq!(explained.field.is_some(), names, "{message}");
        }
    }
}

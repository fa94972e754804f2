//! Civil dates.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;

/// A civil date of the form `YYYY-MM-DD`, in the time zone of the property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date(pub(crate) NaiveDate);

fn parse(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10 && text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    text.parse().ok().filter(|_| shaped)
}

/// A civil date of the form `YYYY-MM-DD`, in the time zone of the property.
#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let invalid = || InputValueError::custom("must be a date of the form YYYY-MM-DD");
        parse(text).map(Self).ok_or_else(invalid)
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(text) if parse(text).is_some())
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

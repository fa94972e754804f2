//! Amounts in minor units.

use async_graphql::{InputValueError, InputValueResult, Number, Scalar, ScalarType, Value};

/// The largest integer that every client reads exactly.
const LARGEST: i64 = (1 << 53) - 1;

/// An amount in minor units of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MinorUnits(pub(crate) i64);

fn parse(value: &Value) -> Option<i64> {
    let Value::Number(number) = value else {
        return None;
    };
    let whole = number.as_i64();
    whole.filter(|it| it.unsigned_abs() <= LARGEST.unsigned_abs())
}

/// An integer from -(2^53 - 1) to 2^53 - 1: an amount in minor units of its currency (cents, yen, fils).
#[Scalar(name = "MinorUnits")]
impl ScalarType for MinorUnits {
    fn parse(value: Value) -> InputValueResult<Self> {
        let invalid = || InputValueError::custom("must be an integer of at most 53 bits");
        parse(&value).map(Self).ok_or_else(invalid)
    }

    fn is_valid(value: &Value) -> bool {
        parse(value).is_some()
    }

    fn to_value(&self) -> Value {
        Value::Number(Number::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_integers_that_every_client_reads_exactly() {
        let read = |text: &str| serde_json::from_str::<Value>(text).map(|it| parse(&it));
        for (text, amount) in [
            ("0", Some(0)),
            ("-9007199254740991", Some(-LARGEST)),
            ("9007199254740991", Some(LARGEST)),
            ("9007199254740992", None),
            ("-9223372036854775808", None),
            ("1.5", None),
            ("\"1\"", None),
        ] {
            assert_eq!(read(text).unwrap(), amount, "{text}");
        }
    }
}

//! Identifiers.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use sojourn_domain::shared::{
    BookingId, JobId, PaymentEntryId, PaymentId, PayoutId, PropertyId, ReviewId, SessionId, UserId,
    WishlistId,
};
use uuid::Uuid;

/// Identifier of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Id(pub(crate) Uuid);

/// A UUID (RFC 9562). Those of resources sort by the time of their creation.
#[Scalar(name = "UUID")]
impl ScalarType for Id {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let invalid = |_| InputValueError::custom("must be a UUID");
        Uuid::try_parse(text).map(Self).map_err(invalid)
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(text) if Uuid::try_parse(text).is_ok())
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

macro_rules! conversions {
    ($($id:ty),+ $(,)?) => {$(
        impl From<$id> for Id {
            fn from(id: $id) -> Self {
                Self(id.uuid())
            }
        }

        impl From<Id> for $id {
            fn from(id: Id) -> Self {
                Self::new(id.0)
            }
        }
    )+};
}

conversions!(
    UserId,
    PropertyId,
    BookingId,
    PaymentId,
    PaymentEntryId,
    PayoutId,
    ReviewId,
    SessionId,
    JobId,
    WishlistId,
);

//! Schemas of enumerations, and parsing of their values.

use std::borrow::Cow;

use sojourn_domain::booking::{BookingStatus, LineKind, RatePlan, RefundPolicy};
use sojourn_domain::ledger::PostingReason;
use sojourn_domain::payment::{PaymentStatus, PayoutStatus};
use sojourn_domain::property::{
    BookingMode, CancellationPolicy, LongStayPolicy, PropertyStatus, PropertyType, RoomType,
};
use sojourn_domain::review::Subject;
use sojourn_domain::shared::Violations;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! word_schemas {
    ($($(#[$doc:meta])* $name:ident of $list:ty),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words: Vec<&str> = <$list>::ALL.iter().map(|it| it.as_str()).collect();
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

word_schemas! {
    /// Schema of [`PropertyStatus`].
    PropertyStatusWord of PropertyStatus,
    /// Schema of [`PropertyType`].
    PropertyTypeWord of PropertyType,
    /// Schema of [`RoomType`].
    RoomTypeWord of RoomType,
    /// Schema of [`BookingMode`].
    BookingModeWord of BookingMode,
    /// Schema of [`CancellationPolicy`].
    CancellationPolicyWord of CancellationPolicy,
    /// Schema of [`LongStayPolicy`].
    LongStayPolicyWord of LongStayPolicy,
    /// Schema of [`RefundPolicy`].
    RefundPolicyWord of RefundPolicy,
    /// Schema of [`RatePlan`].
    RateWord of RatePlan,
    /// Schema of [`LineKind`].
    LineKindWord of LineKind,
    /// Schema of [`BookingStatus`].
    BookingStatusWord of BookingStatus,
    /// Schema of [`PaymentStatus`].
    PaymentStatusWord of PaymentStatus,
    /// Schema of [`PayoutStatus`].
    PayoutStatusWord of PayoutStatus,
    /// Schema of [`PostingReason`].
    CauseWord of PostingReason,
    /// Schema of [`Subject`].
    SubjectWord of Subject,
}

/// Parses a value; adds a violation if it is not a valid one.
pub fn word<T>(
    found: &mut Violations,
    pointer: &str,
    text: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let value = read(text);
    found.require(value.is_some(), pointer, "invalid", "is not a valid value");
    value
}

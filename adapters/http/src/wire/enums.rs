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

macro_rules! enum_schemas {
    ($($(#[$doc:meta])* $name:ident $schema:literal of $list:ty),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let values: Vec<&str> = <$list>::ALL.iter().map(|it| it.as_str()).collect();
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(values)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($schema)
            }
        }
    )+};
}

enum_schemas! {
    /// Schema of [`PropertyStatus`].
    PropertyStatusSchema "PropertyStatusWord" of PropertyStatus,
    /// Schema of [`PropertyType`].
    PropertyTypeSchema "PropertyTypeWord" of PropertyType,
    /// Schema of [`RoomType`].
    RoomTypeSchema "RoomTypeWord" of RoomType,
    /// Schema of [`BookingMode`].
    BookingModeSchema "BookingModeWord" of BookingMode,
    /// Schema of [`CancellationPolicy`].
    CancellationPolicySchema "CancellationPolicyWord" of CancellationPolicy,
    /// Schema of [`LongStayPolicy`].
    LongStayPolicySchema "LongStayPolicyWord" of LongStayPolicy,
    /// Schema of [`RefundPolicy`].
    RefundPolicySchema "RefundPolicyWord" of RefundPolicy,
    /// Schema of [`RatePlan`].
    RateSchema "RateWord" of RatePlan,
    /// Schema of [`LineKind`].
    LineKindSchema "LineKindWord" of LineKind,
    /// Schema of [`BookingStatus`].
    BookingStatusSchema "BookingStatusWord" of BookingStatus,
    /// Schema of [`PaymentStatus`].
    PaymentStatusSchema "PaymentStatusWord" of PaymentStatus,
    /// Schema of [`PayoutStatus`].
    PayoutStatusSchema "PayoutStatusWord" of PayoutStatus,
    /// Schema of [`PostingReason`].
    CauseSchema "CauseWord" of PostingReason,
    /// Schema of [`Subject`].
    SubjectSchema "SubjectWord" of Subject,
}

/// Parses a value; adds a violation if it is not a valid one.
pub fn parse_enum<T>(
    found: &mut Violations,
    pointer: &str,
    text: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let value = read(text);
    found.require(value.is_some(), pointer, "invalid", "is not a valid value");
    value
}

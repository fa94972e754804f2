//! Schemas of enumerations.

use std::borrow::Cow;

use sojourn_domain::booking::{BookingStatus, LineKind, RatePlan, RefundPolicy};
use sojourn_domain::ledger::PostingReason;
use sojourn_domain::payment::{PaymentStatus, PayoutStatus};
use sojourn_domain::property::{
    AmenityCategory, BookingMode, CancellationPolicy, LongStayPolicy, PropertyStatus, PropertyType,
    RoomType,
};
use sojourn_domain::review::Subject;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::schema::open_enum;

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
    PropertyStatusSchema "PropertyStatus" of PropertyStatus,
    /// Schema of [`PropertyType`].
    PropertyTypeSchema "PropertyType" of PropertyType,
    /// Schema of [`RoomType`].
    RoomTypeSchema "RoomType" of RoomType,
    /// Schema of [`AmenityCategory`].
    AmenityCategorySchema "AmenityCategory" of AmenityCategory,
    /// Schema of [`BookingMode`].
    BookingModeSchema "BookingMode" of BookingMode,
    /// Schema of [`CancellationPolicy`].
    CancellationPolicySchema "CancellationPolicy" of CancellationPolicy,
    /// Schema of [`LongStayPolicy`].
    LongStayPolicySchema "LongStayPolicy" of LongStayPolicy,
    /// Schema of [`RefundPolicy`].
    RefundPolicySchema "RefundPolicy" of RefundPolicy,
    /// Schema of [`RatePlan`].
    RateSchema "RatePlan" of RatePlan,
    /// Schema of [`LineKind`].
    LineKindSchema "PriceLineKind" of LineKind,
    /// Schema of [`BookingStatus`].
    BookingStatusSchema "BookingStatus" of BookingStatus,
    /// Schema of [`PaymentStatus`].
    PaymentStatusSchema "PaymentStatus" of PaymentStatus,
    /// Schema of [`PayoutStatus`].
    PayoutStatusSchema "PayoutStatus" of PayoutStatus,
    /// Schema of [`PostingReason`].
    CauseSchema "PostingReason" of PostingReason,
    /// Schema of [`Subject`].
    SubjectSchema "ReviewSubject" of Subject,
}

/// Names of the price rules.
const PRICE_RULES: [&str; 16] = [
    "night.base",
    "night.weekend",
    "night.date",
    "weekly_discount",
    "monthly_discount",
    "length_of_stay_discount",
    "early_bird",
    "last_minute",
    "non_refundable_discount",
    "cleaning_fee",
    "extra_guest_fee",
    "pet_fee",
    "guest_fee",
    "tax.percent",
    "tax.per_night",
    "tax.per_guest_night",
];

/// Schema of the names of price rules.
#[derive(Debug)]
pub struct PriceRuleSchema;

impl PartialSchema for PriceRuleSchema {
    fn schema() -> RefOr<Schema> {
        open_enum(PRICE_RULES)
    }
}

impl ToSchema for PriceRuleSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PriceRule")
    }
}

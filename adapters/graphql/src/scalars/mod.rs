//! Scalars, amounts of money and enums.

mod booking_enums;
mod date;
mod id;
mod instant;
mod minor_units;
mod money;
mod other_enums;
mod payment_enums;
mod property_enums;
mod review_enums;

pub(crate) use booking_enums::{
    AcceptedBy, BookingPeriod, BookingSort, BookingStatus, PriceLineKind, RatePlan, RefundPolicy,
};
pub(crate) use date::Date;
pub(crate) use id::Id;
pub(crate) use instant::Instant;
pub(crate) use minor_units::MinorUnits;
pub(crate) use money::{Money, MoneyInput};
pub(crate) use other_enums::{
    AccountState, BookingParty, BookingSide, JobKind, JobStatus, NotificationSubjectKind, Role,
    SearchSort, Weekday,
};
pub(crate) use payment_enums::{PaymentEntryKind, PaymentStatus, PayoutStatus, PostingReason};
pub(crate) use property_enums::{
    AmenityCategory, BookingMode, CancellationPolicy, LongStayPolicy, PropertyStatus, PropertyType,
    RoomType, TaxKind,
};
pub(crate) use review_enums::ReviewSubject;

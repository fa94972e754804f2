//! Properties: description, prices, stay rules and the calendar of nights.

pub(crate) mod amenities;
pub(crate) mod calendar;
pub(crate) mod details;
mod details_validation;
pub(crate) mod enums;
pub(crate) mod imported_night;
pub(crate) mod pricing;
mod pricing_validation;
#[cfg(test)]
mod pricing_validation_tests;
pub(crate) mod property;
pub(crate) mod repository;
mod similarity;
pub(crate) mod stay_rules;
#[cfg(test)]
mod stay_rules_tests;
#[cfg(test)]
mod stored_property_tests;
pub(crate) mod tax_rate;
pub(crate) mod weekday_rules;

pub use amenities::{AMENITIES, Amenity, AmenityCategory, amenity_from_text};
pub use calendar::{Calendar, CalendarError, ClaimKind, NightClaim, NightRules};
pub use details::{Address, Location, PropertyDetails};
pub use enums::{
    BookingMode, CancellationPolicy, LongStayPolicy, PropertyStatus, PropertyType, RoomType,
};
pub use imported_night::{ImportedClaim, ImportedNight};
pub use pricing::{DayDiscount, ExtraGuestFee, NightsDiscount, Pricing, Tax};
pub use property::{Property, PropertyRecord, PropertyTransitionError, Rating};
#[cfg(feature = "mocks")]
pub use repository::MockPropertyRepository;
#[cfg(feature = "repositories")]
pub use repository::PropertyRepository;
pub use repository::{
    CalendarChange, CalendarCommitError, PropertyChange, PropertyDeletion, PropertyDeletionError,
};
pub use stay_rules::StayRules;
pub use tax_rate::TaxRate;
pub use weekday_rules::{WeekdayRules, parse_weekday, weekday_name};

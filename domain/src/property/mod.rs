//! Properties: description, prices, rules, and the calendar of nights.

mod amenity;
mod calendar;
mod catalogue;
mod details;
mod details_rules;
mod listing;
mod pricing;
mod pricing_rules;
#[cfg(test)]
mod pricing_rules_tests;
mod repository;
mod stay_rules;
#[cfg(test)]
mod stay_rules_tests;
mod weekday_rules;

pub use amenity::{AMENITIES, amenity_from_text};
pub use calendar::{Calendar, ClaimKind, NightClaim, NightRules};
pub(crate) use catalogue::words;
pub use catalogue::{
    BookingMode, CancellationPolicy, LongStayPolicy, PropertyStatus, PropertyType, RoomType,
};
pub use details::{Address, Location, PropertyDetails};
pub use listing::{Property, PropertyMoveError, PropertyRecord, Rating};
pub use pricing::{DayDiscount, ExtraGuestFee, NightsDiscount, Pricing, Tax, TaxRate};
#[cfg(feature = "mocks")]
pub use repository::MockPropertyRepository;
pub use repository::{CalendarChange, PropertyChange, PropertyRepository};
pub use stay_rules::StayRules;
pub use weekday_rules::{WeekdayRules, weekday_from_word, weekday_word};

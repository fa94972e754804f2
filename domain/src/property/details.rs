//! A host's description of a property.

use chrono_tz::Tz;

use crate::property::enums::{
    BookingMode, CancellationPolicy, LongStayPolicy, PropertyType, RoomType,
};
use crate::property::pricing::Pricing;
use crate::property::stay_rules::StayRules;

/// Everything that a host may edit. A draft may be incomplete.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PropertyDetails {
    /// Title, up to 200 characters.
    pub title: Option<String>,
    /// Description, up to 20,000 characters.
    pub description: Option<String>,
    /// Type of building.
    pub property_type: PropertyType,
    /// Part that is let.
    pub room_type: RoomType,
    /// Postal address.
    pub address: Address,
    /// Geographic position.
    pub location: Option<Location>,
    /// Time zone of its dates and deadlines.
    pub time_zone: Option<Tz>,
    /// Maximum number of adults and children, 1–50.
    pub max_guests: Option<u32>,
    /// Maximum number of pets, 0–10.
    pub max_pets: u32,
    /// Number of bedrooms, 0–50.
    pub bedrooms: u32,
    /// Number of beds, 0–100.
    pub beds: u32,
    /// Number of half bathrooms: 3 is one and a half.
    pub half_bathrooms: u32,
    /// Amenities of the catalogue or free text, without duplicates, at most 150.
    pub amenities: Vec<String>,
    /// House rules, up to 10,000 characters.
    pub house_rules: Option<String>,
    /// Prices.
    pub pricing: Option<Pricing>,
    /// Rules for stays.
    pub stay_rules: StayRules,
    /// Booking mode.
    pub booking_mode: BookingMode,
    /// Refund policy.
    pub cancellation_policy: CancellationPolicy,
    /// Refund policy for long stays.
    pub long_stay_policy: LongStayPolicy,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Address {
    /// Street and number; only visible to callers with a confirmed booking.
    pub line1: Option<String>,
    /// Apartment or floor; visible like the street.
    pub line2: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State, province or canton.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 code in upper case.
    pub country: Option<String>,
}

impl Address {
    /// Returns `true` if the text has the form of an ISO 3166-1 alpha-2 code in upper case.
    #[must_use]
    pub fn is_country_code(text: &str) -> bool {
        text.len() == 2 && text.chars().all(|c| c.is_ascii_uppercase())
    }
}

/// A geographic position in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Location {
    /// Degrees north of the equator, -90 to 90.
    pub latitude: f64,
    /// Degrees east of Greenwich, -180 to 180.
    pub longitude: f64,
}

impl Location {
    /// The position rounded to two decimals (about a kilometre), as shown without a confirmed
    /// booking.
    #[must_use]
    pub fn blurred(self) -> Self {
        let round = |degrees: f64| (degrees * 100.0).round() / 100.0;
        Self {
            latitude: round(self.latitude),
            longitude: round(self.longitude),
        }
    }
}

impl Default for PropertyDetails {
    fn default() -> Self {
        Self {
            title: None,
            description: None,
            property_type: PropertyType::Other,
            room_type: RoomType::EntirePlace,
            address: Address::default(),
            location: None,
            time_zone: None,
            max_guests: None,
            max_pets: 0,
            bedrooms: 0,
            beds: 0,
            half_bathrooms: 0,
            amenities: Vec::new(),
            house_rules: None,
            pricing: None,
            stay_rules: StayRules::default(),
            booking_mode: BookingMode::Instant,
            cancellation_policy: CancellationPolicy::Moderate,
            long_stay_policy: LongStayPolicy::Firm,
        }
    }
}

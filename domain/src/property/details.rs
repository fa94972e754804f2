//! All that a host tells about a property.

use chrono_tz::Tz;

use super::{
    BookingMode, CancellationPolicy, LongStayPolicy, Pricing, PropertyType, RoomType, StayRules,
};

/// All that a host may edit. A draft may be incomplete.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PropertyDetails {
    /// Up to 200 characters.
    pub title: Option<String>,
    /// Up to 20,000 characters.
    pub description: Option<String>,
    /// What kind of building.
    pub property_type: PropertyType,
    /// How much of it.
    pub room_type: RoomType,
    /// Where the post goes.
    pub address: Address,
    /// Where it stands.
    pub location: Option<Location>,
    /// The zone in which its dates and deadlines are.
    pub time_zone: Option<Tz>,
    /// Most adults and children, 1–50.
    pub max_guests: Option<u32>,
    /// Most pets, 0–10.
    pub max_pets: u32,
    /// Bedrooms, 0–50.
    pub bedrooms: u32,
    /// Beds, 0–100.
    pub beds: u32,
    /// Bathrooms in halves: 3 is one and a half.
    pub half_bathrooms: u32,
    /// Words of the catalogue or free text, each once, at most 150.
    pub amenities: Vec<String>,
    /// Up to 10,000 characters.
    pub house_rules: Option<String>,
    /// Prices.
    pub pricing: Option<Pricing>,
    /// Rules for stays.
    pub stay_rules: StayRules,
    /// Instant or on request.
    pub booking_mode: BookingMode,
    /// What a guest gets back.
    pub cancellation_policy: CancellationPolicy,
    /// What replaces that for long stays.
    pub long_stay_policy: LongStayPolicy,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Address {
    /// Street and number; hidden until the asker has a confirmed booking.
    pub line1: Option<String>,
    /// Flat, floor; hidden likewise.
    pub line2: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State, province, canton.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 code in upper case.
    pub country: Option<String>,
}

impl Address {
    /// Whether a text has the form of an ISO 3166-1 alpha-2 code in upper case.
    #[must_use]
    pub fn is_country_code(text: &str) -> bool {
        text.len() == 2 && text.chars().all(|c| c.is_ascii_uppercase())
    }
}

/// A point on the earth in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Location {
    /// North of the equator, -90 to 90.
    pub latitude: f64,
    /// East of Greenwich, -180 to 180.
    pub longitude: f64,
}

impl Location {
    /// The point rounded to two decimals (about a kilometre), as strangers see it.
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

//! Search results as JSON.

use chrono::NaiveDate;
use serde::Serialize;
use sojourn_application::property::SearchResult;
use sojourn_domain::property::PropertyDetails;
use sojourn_domain::shared::{PropertyId, Stay, UserId};
use utoipa::ToSchema;

use crate::property::dto::{PropertyDto, RatingDto};
use crate::wire::enums::{
    BookingModeSchema, PropertyStatusSchema, PropertyTypeSchema, RoomTypeSchema,
};
use crate::wire::location::LocationDto;
use crate::wire::money::MoneyDto;
use crate::wire::profile::PublicUserViewDto;

/// A page of search results. The items are in the member of the view that was asked for: `data`, `cards` or `pins`.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = PropertySearchList)]
pub struct SearchListDto {
    /// Whole properties; empty with `view=card` and `view=pin`.
    pub data: Vec<PropertyDto>,
    /// Cards, with `view=card`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cards: Option<Vec<CardDto>>,
    /// Map pins, with `view=pin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pins: Option<Vec<PinDto>>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// A property in a list of search results.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PropertyCard)]
pub struct CardDto {
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub id: PropertyId,
    /// Id of the host.
    #[schema(value_type = String, format = "uuid")]
    pub host_id: UserId,
    /// Status of the property.
    #[schema(value_type = PropertyStatusSchema)]
    pub status: &'static str,
    /// Title.
    pub title: Option<String>,
    /// Kind of building.
    #[schema(value_type = PropertyTypeSchema)]
    pub property_type: &'static str,
    /// Kind of accommodation: the entire place or a room.
    #[schema(value_type = RoomTypeSchema)]
    pub room_type: &'static str,
    /// City.
    pub city: Option<String>,
    /// State, province or canton.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// Geographic location, rounded to about a kilometre.
    pub location: Option<LocationDto>,
    /// Maximum number of adults and children.
    pub max_guests: Option<u32>,
    /// Number of bedrooms.
    pub bedrooms: u32,
    /// Number of beds.
    pub beds: u32,
    /// Number of bathrooms, in steps of 0.5.
    pub bathrooms: f64,
    /// Booking mode: instant or on request.
    #[schema(value_type = BookingModeSchema)]
    pub booking_mode: &'static str,
    /// Usual price of a night.
    pub nightly: Option<MoneyDto>,
    /// Rating by guests.
    pub rating: RatingDto,
    /// Check-in date of the stay with this `total`, in a search with dates; with `flexible_days`, of the cheapest one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    pub check_in: Option<NaiveDate>,
    /// Check-out date of that stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    pub check_out: Option<NaiveDate>,
    /// Total price of the stay, in a search with dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total: Option<MoneyDto>,
    /// The host, with `expand=host`; absent if the account is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host: Option<PublicUserViewDto>,
}

/// A property on a map of search results.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PropertyPin)]
pub struct PinDto {
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub id: PropertyId,
    /// Geographic location, rounded to about a kilometre.
    pub location: Option<LocationDto>,
    /// Usual price of a night.
    pub nightly: Option<MoneyDto>,
    /// Check-in date of the stay with this `total`, in a search with dates; with `flexible_days`, of the cheapest one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    pub check_in: Option<NaiveDate>,
    /// Check-out date of that stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date, nullable = false)]
    pub check_out: Option<NaiveDate>,
    /// Total price of the stay, in a search with dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total: Option<MoneyDto>,
}

fn nightly(details: &PropertyDetails) -> Option<MoneyDto> {
    let pricing = details.pricing.as_ref();
    pricing.map(|pricing| pricing.nightly.into())
}

impl From<SearchResult> for CardDto {
    fn from(result: SearchResult) -> Self {
        let SearchResult {
            property,
            stay,
            total,
        } = result;
        let details = property.details;
        Self {
            id: property.id,
            host_id: property.host_id,
            status: property.status.as_str(),
            property_type: details.property_type.as_str(),
            room_type: details.room_type.as_str(),
            location: details.location.map(Into::into),
            max_guests: details.max_guests,
            bedrooms: details.bedrooms,
            beds: details.beds,
            bathrooms: f64::from(details.half_bathrooms) / 2.0,
            booking_mode: details.booking_mode.as_str(),
            nightly: nightly(&details),
            rating: property.rating.into(),
            check_in: stay.map(Stay::check_in),
            check_out: stay.map(Stay::check_out),
            total: total.map(Into::into),
            host: None,
            title: details.title,
            city: details.address.city,
            region: details.address.region,
            country: details.address.country,
        }
    }
}

impl From<SearchResult> for PinDto {
    fn from(result: SearchResult) -> Self {
        let SearchResult {
            property,
            stay,
            total,
        } = result;
        Self {
            id: property.id,
            location: property.details.location.map(Into::into),
            nightly: nightly(&property.details),
            check_in: stay.map(Stay::check_in),
            check_out: stay.map(Stay::check_out),
            total: total.map(Into::into),
        }
    }
}

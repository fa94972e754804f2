//! Properties as JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sojourn_application::property::{PropertyView, SearchResult};
use sojourn_domain::property::Rating;
use sojourn_domain::shared::{PropertyId, Stay, UserId};
use utoipa::ToSchema;

use super::input::{AddressDto, PropertyInput};
use super::ratings_dto::{RatingsDto, average};
use super::rules::PricingDto;
use super::rules::StayRulesDto;
use crate::wire::enums::{
    BookingModeSchema, CancellationPolicySchema, LongStayPolicySchema, PropertyStatusSchema,
    PropertyTypeSchema, RoomTypeSchema,
};
use crate::wire::location::LocationDto;
use crate::wire::money::MoneyDto;
use crate::wire::profile::PublicUserViewDto;

/// A property. Until the caller has a confirmed booking, its location is rounded to about a kilometre,
/// and the lines of its address are null.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Property)]
pub struct PropertyDto {
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
    /// Description.
    pub description: Option<String>,
    /// Kind of building.
    #[schema(value_type = PropertyTypeSchema)]
    pub property_type: &'static str,
    /// Kind of accommodation: the entire place or a room.
    #[schema(value_type = RoomTypeSchema)]
    pub room_type: &'static str,
    /// Postal address.
    pub address: AddressDto,
    /// Geographic location.
    pub location: Option<LocationDto>,
    /// IANA name of the time zone.
    pub time_zone: Option<String>,
    /// Maximum number of adults and children.
    pub max_guests: Option<u32>,
    /// Maximum number of pets.
    pub max_pets: u32,
    /// Number of bedrooms.
    pub bedrooms: u32,
    /// Number of beds.
    pub beds: u32,
    /// Number of bathrooms, in steps of 0.5.
    pub bathrooms: f64,
    /// Amenities: names of the catalogue or free text.
    pub amenities: Vec<String>,
    /// House rules.
    pub house_rules: Option<String>,
    /// Photos in display order.
    pub photos: Vec<PhotoDto>,
    /// Prices.
    pub pricing: Option<PricingDto>,
    /// Stay rules.
    pub stay_rules: StayRulesDto,
    /// Booking mode: instant or on request.
    #[schema(value_type = BookingModeSchema)]
    pub booking_mode: &'static str,
    /// Cancellation policy.
    #[schema(value_type = CancellationPolicySchema)]
    pub cancellation_policy: &'static str,
    /// Cancellation policy for stays of 28 nights or more.
    #[schema(value_type = LongStayPolicySchema)]
    pub long_stay_policy: &'static str,
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
    /// Total price of the stay in a search with dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total: Option<MoneyDto>,
    /// Time of creation (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
    /// Time of the last change (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: DateTime<Utc>,
    /// The host, with `expand=host`; absent if the account is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub host: Option<PublicUserViewDto>,
    /// Ratings in detail, with `expand=ratings`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ratings: Option<RatingsDto>,
}

/// A photo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PropertyPhoto)]
pub struct PhotoDto {
    /// URL of the photo.
    pub url: String,
}

/// Rating by guests.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PropertyRating)]
pub struct RatingDto {
    /// Average rating; null for fewer than 3 reviews.
    pub average: Option<f64>,
    /// Number of published reviews.
    pub count: i64,
}

impl From<Rating> for RatingDto {
    fn from(rating: Rating) -> Self {
        Self {
            average: average(rating),
            count: rating.count,
        }
    }
}

impl From<SearchResult> for PropertyDto {
    fn from(result: SearchResult) -> Self {
        Self {
            check_in: result.stay.map(Stay::check_in),
            check_out: result.stay.map(Stay::check_out),
            total: result.total.map(Into::into),
            ..Self::from(&result.property)
        }
    }
}

impl From<&PropertyView> for PropertyDto {
    fn from(view: &PropertyView) -> Self {
        let details = &view.details;
        let PropertyInput {
            address,
            time_zone,
            bathrooms,
            pricing,
            stay_rules,
            ..
        } = PropertyInput::from(details);
        Self {
            id: view.id,
            host_id: view.host_id,
            status: view.status.as_str(),
            title: details.title.clone(),
            description: details.description.clone(),
            property_type: details.property_type.as_str(),
            room_type: details.room_type.as_str(),
            address,
            location: details.location.map(Into::into),
            time_zone,
            max_guests: details.max_guests,
            max_pets: details.max_pets,
            bedrooms: details.bedrooms,
            beds: details.beds,
            bathrooms,
            amenities: details.amenities.clone(),
            house_rules: details.house_rules.clone(),
            photos: Vec::new(),
            pricing,
            stay_rules,
            booking_mode: details.booking_mode.as_str(),
            cancellation_policy: details.cancellation_policy.as_str(),
            long_stay_policy: details.long_stay_policy.as_str(),
            rating: view.rating.into(),
            check_in: None,
            check_out: None,
            total: None,
            created_at: view.created_at,
            updated_at: view.updated_at,
            host: None,
            ratings: None,
        }
    }
}

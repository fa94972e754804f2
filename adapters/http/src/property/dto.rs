//! A property as the API shows it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::property::{PropertyView, SearchResult};
use sojourn_domain::property::{Property, Rating};
use sojourn_domain::shared::{PropertyId, UserId};
use utoipa::ToSchema;

use super::input::{AddressDto, LocationDto, PropertyInput};
use super::pricing::PricingDto;
use super::stay_rules::StayRulesDto;
use super::words::{
    BookingModeWord, CancellationPolicyWord, LongStayPolicyWord, PropertyStatusWord,
    PropertyTypeWord, RoomTypeWord,
};
use crate::money_dto::MoneyDto;

/// A property. Its location is rounded to about a kilometre, and the lines of its address are hidden, until
/// the asker has a confirmed booking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Property)]
pub struct PropertyDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: PropertyId,
    /// Whose it is.
    #[schema(value_type = String, format = "uuid")]
    pub host_id: UserId,
    /// Whether it can be found.
    #[schema(value_type = PropertyStatusWord)]
    pub status: &'static str,
    /// Headline.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// What kind of building.
    #[schema(value_type = PropertyTypeWord)]
    pub property_type: &'static str,
    /// How much of it.
    #[schema(value_type = RoomTypeWord)]
    pub room_type: &'static str,
    /// Where the post goes.
    pub address: AddressDto,
    /// Where it stands.
    pub location: Option<LocationDto>,
    /// IANA name of its zone.
    pub time_zone: Option<String>,
    /// Most adults and children.
    pub max_guests: Option<u32>,
    /// Most pets.
    pub max_pets: u32,
    /// Bedrooms.
    pub bedrooms: u32,
    /// Beds.
    pub beds: u32,
    /// Bathrooms, in halves.
    pub bathrooms: f64,
    /// Words of the catalogue or free text.
    pub amenities: Vec<String>,
    /// House rules.
    pub house_rules: Option<String>,
    /// Pictures, in order.
    pub photos: Vec<PhotoDto>,
    /// Prices.
    pub pricing: Option<PricingDto>,
    /// Rules for stays.
    pub stay_rules: StayRulesDto,
    /// Instant or on request.
    #[schema(value_type = BookingModeWord)]
    pub booking_mode: &'static str,
    /// What a guest gets back.
    #[schema(value_type = CancellationPolicyWord)]
    pub cancellation_policy: &'static str,
    /// What replaces that for long stays.
    #[schema(value_type = LongStayPolicyWord)]
    pub long_stay_policy: &'static str,
    /// What guests think.
    pub rating: RatingDto,
    /// The price of the stay that was searched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total: Option<MoneyDto>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: DateTime<Utc>,
}

/// A picture.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Photo)]
pub struct PhotoDto {
    /// Where it is.
    pub url: String,
}

/// What guests think.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rating)]
pub struct RatingDto {
    /// The mean, from 3 reviews on.
    pub average: Option<f64>,
    /// How many reviews are published.
    pub count: i64,
}

impl From<Rating> for RatingDto {
    fn from(rating: Rating) -> Self {
        let average = rating
            .hundredths()
            .and_then(|mean| i32::try_from(mean).ok());
        Self {
            average: average.map(|mean| f64::from(mean) / 100.0),
            count: rating.count,
        }
    }
}

impl From<&PropertyView> for PropertyDto {
    fn from(view: &PropertyView) -> Self {
        Self::new(&view.property, view.exact)
    }
}

impl From<SearchResult> for PropertyDto {
    fn from(result: SearchResult) -> Self {
        Self {
            total: result.total.map(Into::into),
            ..Self::new(&result.property, false)
        }
    }
}

impl PropertyDto {
    /// The property, with its exact place or without.
    pub fn new(property: &Property, exact: bool) -> Self {
        let details = &property.details;
        let PropertyInput {
            address,
            time_zone,
            bathrooms,
            pricing,
            stay_rules,
            ..
        } = PropertyInput::from(details);
        let address = if exact {
            address
        } else {
            AddressDto {
                line1: None,
                line2: None,
                ..address
            }
        };
        Self {
            id: property.id,
            host_id: property.host_id,
            status: property.status.as_str(),
            title: details.title.clone(),
            description: details.description.clone(),
            property_type: details.property_type.as_str(),
            room_type: details.room_type.as_str(),
            address,
            location: details
                .location
                .map(|place| if exact { place } else { place.blurred() }.into()),
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
            rating: property.rating.into(),
            total: None,
            created_at: property.created_at,
            updated_at: property.updated_at,
        }
    }
}

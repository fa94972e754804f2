//! Property details in requests.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sojourn_application::input;
use sojourn_domain::property::{Address, Location, PropertyDetails};
use sojourn_domain::shared::Violations;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::rules::PricingDto;
use super::rules::StayRulesDto;
use crate::wire::accepted::{Accepted, parse_enum};
use crate::wire::enums::{
    BookingModeSchema, CancellationPolicySchema, LongStayPolicySchema, PropertyTypeSchema,
    RoomTypeSchema,
};
use crate::wire::location::LocationDto;
use crate::wire::merge_patch::patched;
use crate::wire::patch_schema;

/// Details of a property. A draft may be incomplete.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PropertyInput {
    /// Title.
    #[schema(min_length = 1, max_length = 200)]
    pub title: Option<String>,
    /// Description.
    #[schema(min_length = 1, max_length = 20000)]
    pub description: Option<String>,
    /// Kind of building; `other` when absent.
    #[schema(value_type = Option<PropertyTypeSchema>)]
    pub property_type: Option<String>,
    /// Kind of accommodation; `entire_place` when absent.
    #[schema(value_type = Option<RoomTypeSchema>)]
    pub room_type: Option<String>,
    /// Postal address.
    #[serde(default)]
    pub address: AddressDto,
    /// Geographic location.
    pub location: Option<LocationDto>,
    /// IANA name of the time zone of its dates and deadlines.
    #[schema(min_length = 1, max_length = 64)]
    pub time_zone: Option<String>,
    /// Maximum number of adults and children.
    #[schema(minimum = 1, maximum = 50)]
    pub max_guests: Option<u32>,
    /// Maximum number of pets.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10)]
    pub max_pets: u32,
    /// Number of bedrooms.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 50)]
    pub bedrooms: u32,
    /// Number of beds.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 100)]
    pub beds: u32,
    /// Number of bathrooms, in steps of 0.5.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 50, multiple_of = 0.5)]
    pub bathrooms: f64,
    /// Amenities: names of the catalogue or free text, without duplicates.
    #[serde(default)]
    #[schema(max_items = 150)]
    pub amenities: Vec<String>,
    /// House rules.
    #[schema(min_length = 1, max_length = 10000)]
    pub house_rules: Option<String>,
    /// Prices.
    pub pricing: Option<PricingDto>,
    /// Stay rules.
    #[serde(default)]
    pub stay_rules: StayRulesDto,
    /// Booking mode: instant or on request; `instant` when absent.
    #[schema(value_type = Option<BookingModeSchema>)]
    pub booking_mode: Option<String>,
    /// Cancellation policy; `moderate` when absent.
    #[schema(value_type = Option<CancellationPolicySchema>)]
    pub cancellation_policy: Option<String>,
    /// Cancellation policy for stays of 28 nights or more; `long_term_firm` when absent.
    #[schema(value_type = Option<LongStayPolicySchema>)]
    pub long_stay_policy: Option<String>,
}

/// A postal address.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Address)]
pub struct AddressDto {
    /// Street and number; null in responses until the caller has a confirmed booking.
    #[schema(min_length = 1, max_length = 200)]
    pub line1: Option<String>,
    /// Flat or floor; null in responses until the caller has a confirmed booking.
    #[schema(min_length = 1, max_length = 200)]
    pub line2: Option<String>,
    /// City.
    #[schema(min_length = 1, max_length = 100)]
    pub city: Option<String>,
    /// State, province or canton.
    #[schema(min_length = 1, max_length = 100)]
    pub region: Option<String>,
    /// Postal code.
    #[schema(min_length = 1, max_length = 20)]
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 code in upper case.
    #[schema(pattern = "^[A-Z]{2}$")]
    pub country: Option<String>,
}

/// Merge patch of a property: absent fields stay unchanged, `null` clears a field.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct PropertyPatch(pub Map<String, Value>);

impl PartialSchema for PropertyPatch {
    fn schema() -> RefOr<Schema> {
        patch_schema::of::<PropertyInput>()
    }
}

impl ToSchema for PropertyPatch {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        patch_schema::parts_of::<PropertyInput>(schemas);
    }
}

impl PropertyPatch {
    /// The details with the patch applied, or all violations of the result.
    pub fn apply(&self, details: &PropertyDetails) -> Result<PropertyDetails, Violations> {
        patched(&PropertyInput::from(details), &self.0, PropertyInput::parse)
    }
}

impl From<&PropertyDetails> for PropertyInput {
    fn from(details: &PropertyDetails) -> Self {
        Self {
            title: details.title.clone(),
            description: details.description.clone(),
            property_type: Some(details.property_type.to_string()),
            room_type: Some(details.room_type.to_string()),
            address: AddressDto::from(&details.address),
            location: details.location.map(Into::into),
            time_zone: details.time_zone.map(|zone| zone.name().to_owned()),
            max_guests: details.max_guests,
            max_pets: details.max_pets,
            bedrooms: details.bedrooms,
            beds: details.beds,
            bathrooms: f64::from(details.half_bathrooms) / 2.0,
            amenities: details.amenities.clone(),
            house_rules: details.house_rules.clone(),
            pricing: details.pricing.as_ref().map(Into::into),
            stay_rules: StayRulesDto::from(&details.stay_rules),
            booking_mode: Some(details.booking_mode.to_string()),
            cancellation_policy: Some(details.cancellation_policy.to_string()),
            long_stay_policy: Some(details.long_stay_policy.to_string()),
        }
    }
}

impl From<&Address> for AddressDto {
    fn from(address: &Address) -> Self {
        Self {
            line1: address.line1.clone(),
            line2: address.line2.clone(),
            city: address.city.clone(),
            region: address.region.clone(),
            postal_code: address.postal_code.clone(),
            country: address.country.clone(),
        }
    }
}

impl From<AddressDto> for Address {
    fn from(dto: AddressDto) -> Self {
        Self {
            line1: dto.line1,
            line2: dto.line2,
            city: dto.city,
            region: dto.region,
            postal_code: dto.postal_code,
            country: dto.country,
        }
    }
}

impl PropertyInput {
    /// The details, or all violations.
    pub fn parse(self) -> Result<PropertyDetails, Violations> {
        let mut found = Violations::new();
        let place = self.location.map(|it| Location {
            latitude: it.latitude,
            longitude: it.longitude,
        });
        let usual = PropertyDetails::default();
        let found_in = &mut found;
        let details = PropertyDetails {
            title: self.title,
            description: self.description,
            property_type: optional_enum(found_in, "/property_type", self.property_type)
                .unwrap_or(usual.property_type),
            room_type: optional_enum(found_in, "/room_type", self.room_type)
                .unwrap_or(usual.room_type),
            address: self.address.into(),
            location: place,
            time_zone: self
                .time_zone
                .and_then(|name| input::time_zone(&name, found_in)),
            max_guests: self.max_guests,
            max_pets: self.max_pets,
            bedrooms: self.bedrooms,
            beds: self.beds,
            half_bathrooms: input::half_bathrooms(self.bathrooms, found_in),
            amenities: self.amenities,
            house_rules: self.house_rules,
            pricing: self
                .pricing
                .as_ref()
                .and_then(|pricing| pricing.parse(found_in)),
            stay_rules: self.stay_rules.parse(found_in),
            booking_mode: optional_enum(found_in, "/booking_mode", self.booking_mode)
                .unwrap_or(usual.booking_mode),
            cancellation_policy: optional_enum(
                found_in,
                "/cancellation_policy",
                self.cancellation_policy,
            )
            .unwrap_or(usual.cancellation_policy),
            long_stay_policy: optional_enum(found_in, "/long_stay_policy", self.long_stay_policy)
                .unwrap_or(usual.long_stay_policy),
        };
        for more in details.validate().into_vec() {
            found.add(more.pointer, more.code, more.detail);
        }
        found.into_result(details)
    }
}

fn optional_enum<T: FromStr + Accepted>(
    found: &mut Violations,
    pointer: &str,
    text: Option<String>,
) -> Option<T> {
    parse_enum(found, pointer, &text?, |text| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};
    use sojourn_domain::shared::{Currency, Money};

    use super::*;

    fn patch_of(json: Value) -> PropertyPatch {
        from_value(json).unwrap()
    }

    #[test]
    fn a_patch_merges_clears_and_keeps() {
        let start = PropertyDetails {
            title: Some("A".into()),
            half_bathrooms: 3,
            ..PropertyDetails::default()
        };
        let patch = patch_of(json!({
            "title": null,
            "address": {"city": "Albany"},
            "pricing": {"nightly": {"amount": 100, "currency": "USD"}},
        }));
        let patched = patch.apply(&start).unwrap();
        assert_eq!((patched.title, patched.half_bathrooms), (None, 3));
        assert_eq!(patched.address.city.as_deref(), Some("Albany"));
        let nightly = patched.pricing.unwrap().nightly;
        assert_eq!(nightly, Money::new(100, Currency::parse("USD").unwrap()));
    }

    #[test]
    fn all_violations_are_reported_at_once() {
        let patch = patch_of(json!({"bathrooms": 0.3, "room_type": "cellar", "max_guests": 0}));
        let found = patch.apply(&PropertyDetails::default()).unwrap_err();
        let pointers: Vec<_> = found.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, ["/room_type", "/bathrooms", "/max_guests"]);
    }

    #[test]
    fn unreadable_fields_do_not_hide_other_violations() {
        let patch = patch_of(json!({
            "beds": "two", "title": 7, "host_id": "me", "max_guests": 0, "room_type": "cellar",
            "stay_rules": {"min_nights": [], "check_in_from": "noon"},
            "pricing": {"nightly": {"amount": -1, "currency": "XXQ"}, "pet_fee": 5},
        }));
        let found = patch.apply(&PropertyDetails::default()).unwrap_err();
        let mut pointers: Vec<_> = found.iter().map(|it| it.pointer.as_str()).collect();
        pointers.sort_unstable();
        let wanted = [
            "/beds",
            "/host_id",
            "/max_guests",
            "/pricing/nightly/currency",
            "/pricing/pet_fee",
            "/room_type",
            "/stay_rules/check_in_from",
            "/stay_rules/min_nights",
            "/title",
        ];
        assert_eq!(pointers, wanted);
    }
}

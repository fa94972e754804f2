//! Details of properties.

use async_graphql::{InputObject, MaybeUndefined};
use sojourn_application::input;
use sojourn_domain::property::{Address, Location, PropertyDetails};
use sojourn_domain::shared::Violations;

use super::patch;
use super::pricing::PricingInput;
use super::search::LocationInput;
use super::stay_rules::StayRulesInput;
use crate::scalars::{BookingMode, CancellationPolicy, LongStayPolicy, PropertyType, RoomType};

/// Details of a new property. A draft may be incomplete.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct PropertyInput {
    /// Title, up to 200 characters.
    title: Option<String>,
    /// Description, up to 20000 characters.
    description: Option<String>,
    /// Kind of building; `OTHER` when absent.
    property_type: Option<PropertyType>,
    /// Kind of accommodation; `ENTIRE_PLACE` when absent.
    room_type: Option<RoomType>,
    /// Postal address.
    address: Option<AddressInput>,
    /// Geographic location.
    location: Option<LocationInput>,
    /// IANA name of the time zone of its dates and deadlines.
    time_zone: Option<String>,
    /// Maximum number of adults and children, 1 to 50.
    max_guests: Option<u32>,
    /// Maximum number of pets, 0 to 10.
    #[graphql(default)]
    max_pets: u32,
    /// Number of bedrooms, 0 to 50.
    #[graphql(default)]
    bedrooms: u32,
    /// Number of beds, 0 to 100.
    #[graphql(default)]
    beds: u32,
    /// Number of bathrooms, 0 to 50 in steps of 0.5.
    #[graphql(default)]
    bathrooms: f64,
    /// Amenities: names of the catalogue or free text, without duplicates, at most 150.
    #[graphql(default)]
    amenities: Vec<String>,
    /// House rules, up to 10000 characters.
    house_rules: Option<String>,
    /// Prices.
    pricing: Option<PricingInput>,
    /// Stay rules.
    stay_rules: Option<StayRulesInput>,
    /// Booking mode: instant or on request; `INSTANT` when absent.
    booking_mode: Option<BookingMode>,
    /// Cancellation policy; `MODERATE` when absent.
    cancellation_policy: Option<CancellationPolicy>,
    /// Cancellation policy for stays of 28 nights or more; `LONG_TERM_FIRM` when absent.
    long_stay_policy: Option<LongStayPolicy>,
}

/// A postal address.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct AddressInput {
    /// Street and number.
    line1: Option<String>,
    /// Flat or floor.
    line2: Option<String>,
    /// City.
    city: Option<String>,
    /// State, province or canton.
    region: Option<String>,
    /// Postal code.
    postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 code in upper case.
    country: Option<String>,
}

/// Changes to the details of a property: absent fields stay unchanged, null clears a field or sets its default, and a
/// given object or list replaces the stored one.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "PropertyChangesInput")]
pub(crate) struct PropertyChanges {
    /// Title.
    title: MaybeUndefined<String>,
    /// Description.
    description: MaybeUndefined<String>,
    /// Kind of building.
    property_type: MaybeUndefined<PropertyType>,
    /// Kind of accommodation.
    room_type: MaybeUndefined<RoomType>,
    /// Postal address.
    address: MaybeUndefined<AddressInput>,
    /// Geographic location.
    location: MaybeUndefined<LocationInput>,
    /// IANA name of the time zone of its dates and deadlines.
    time_zone: MaybeUndefined<String>,
    /// Maximum number of adults and children.
    max_guests: MaybeUndefined<u32>,
    /// Maximum number of pets.
    max_pets: MaybeUndefined<u32>,
    /// Number of bedrooms.
    bedrooms: MaybeUndefined<u32>,
    /// Number of beds.
    beds: MaybeUndefined<u32>,
    /// Number of bathrooms, in steps of 0.5.
    bathrooms: MaybeUndefined<f64>,
    /// Amenities.
    amenities: MaybeUndefined<Vec<String>>,
    /// House rules.
    house_rules: MaybeUndefined<String>,
    /// Prices.
    pricing: MaybeUndefined<PricingInput>,
    /// Stay rules.
    stay_rules: MaybeUndefined<StayRulesInput>,
    /// Booking mode.
    booking_mode: MaybeUndefined<BookingMode>,
    /// Cancellation policy.
    cancellation_policy: MaybeUndefined<CancellationPolicy>,
    /// Cancellation policy for stays of 28 nights or more.
    long_stay_policy: MaybeUndefined<LongStayPolicy>,
}

impl From<AddressInput> for Address {
    fn from(input: AddressInput) -> Self {
        Self {
            line1: input.line1,
            line2: input.line2,
            city: input.city,
            region: input.region,
            postal_code: input.postal_code,
            country: input.country,
        }
    }
}

impl From<LocationInput> for Location {
    fn from(input: LocationInput) -> Self {
        Self {
            latitude: input.latitude,
            longitude: input.longitude,
        }
    }
}

/// A value of an input without null.
fn given<T>(value: Option<T>) -> MaybeUndefined<T> {
    value.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value)
}

fn checked(details: PropertyDetails, mut found: Violations) -> Result<PropertyDetails, Violations> {
    for more in details.validate().into_vec() {
        found.add(more.pointer, more.code, more.detail);
    }
    found.into_result(details)
}

impl PropertyInput {
    /// The details, or all violations.
    pub(crate) fn parse(self) -> Result<PropertyDetails, Violations> {
        let update = PropertyChanges {
            title: given(self.title),
            description: given(self.description),
            property_type: given(self.property_type),
            room_type: given(self.room_type),
            address: given(self.address),
            location: given(self.location),
            time_zone: given(self.time_zone),
            max_guests: given(self.max_guests),
            max_pets: MaybeUndefined::Value(self.max_pets),
            bedrooms: MaybeUndefined::Value(self.bedrooms),
            beds: MaybeUndefined::Value(self.beds),
            bathrooms: MaybeUndefined::Value(self.bathrooms),
            amenities: MaybeUndefined::Value(self.amenities),
            house_rules: given(self.house_rules),
            pricing: given(self.pricing),
            stay_rules: given(self.stay_rules),
            booking_mode: given(self.booking_mode),
            cancellation_policy: given(self.cancellation_policy),
            long_stay_policy: given(self.long_stay_policy),
        };
        update.apply(&PropertyDetails::default())
    }
}

impl PropertyChanges {
    /// The details with the changes applied, or all violations of the result.
    pub(crate) fn apply(&self, stored: &PropertyDetails) -> Result<PropertyDetails, Violations> {
        let (change, stored) = (self.clone(), stored.clone());
        let usual = PropertyDetails::default();
        let mut found = Violations::new();
        /// A field that has a default in place of nothing.
        macro_rules! or_usual {
            ($field:ident) => {
                patch(change.$field, |it| Some(it.into()))
                    .apply_to(Some(stored.$field))
                    .unwrap_or(usual.$field)
            };
        }
        /// A field that can be absent.
        macro_rules! optional {
            ($field:ident) => {
                patch(change.$field, |it| Some(it.into())).apply_to(stored.$field)
            };
        }
        let details = PropertyDetails {
            title: optional!(title),
            description: optional!(description),
            property_type: or_usual!(property_type),
            room_type: or_usual!(room_type),
            address: or_usual!(address),
            location: optional!(location),
            time_zone: patch(change.time_zone, |name| input::time_zone(&name, &mut found))
                .apply_to(stored.time_zone),
            max_guests: optional!(max_guests),
            max_pets: or_usual!(max_pets),
            bedrooms: or_usual!(bedrooms),
            beds: or_usual!(beds),
            half_bathrooms: patch(change.bathrooms, |it| {
                Some(input::half_bathrooms(it, &mut found))
            })
            .apply_to(Some(stored.half_bathrooms))
            .unwrap_or_default(),
            amenities: or_usual!(amenities),
            house_rules: optional!(house_rules),
            pricing: patch(change.pricing, |it| it.parse(&mut found)).apply_to(stored.pricing),
            stay_rules: patch(change.stay_rules, |it| Some(it.parse(&mut found)))
                .apply_to(Some(stored.stay_rules))
                .unwrap_or_default(),
            booking_mode: or_usual!(booking_mode),
            cancellation_policy: or_usual!(cancellation_policy),
            long_stay_policy: or_usual!(long_stay_policy),
        };
        checked(details, found)
    }
}

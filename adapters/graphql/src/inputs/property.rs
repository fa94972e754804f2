//! Details of properties.

use async_graphql::{InputObject, MaybeUndefined};
use sojourn_application::input;
use sojourn_domain::property::{Address, Location, PropertyDetails};
use sojourn_domain::shared::Violations;

use super::patch;
use super::pricing::PricingInput;
use super::pricing_changes::PricingChanges;
use super::search::LocationInput;
use super::stay_rules::{StayRulesChanges, StayRulesInput};
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

/// Changes to the details of a property: absent fields stay unchanged, null clears a field or sets its default, given
/// objects are merged into the stored ones, and given lists replace them. Coordinates are given whole.
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
    address: MaybeUndefined<AddressChanges>,
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
    pricing: MaybeUndefined<PricingChanges>,
    /// Stay rules.
    stay_rules: MaybeUndefined<StayRulesChanges>,
    /// Booking mode.
    booking_mode: MaybeUndefined<BookingMode>,
    /// Cancellation policy.
    cancellation_policy: MaybeUndefined<CancellationPolicy>,
    /// Cancellation policy for stays of 28 nights or more.
    long_stay_policy: MaybeUndefined<LongStayPolicy>,
}

/// Changes of a postal address: absent fields stay unchanged, and null clears a field.
#[derive(Debug, Clone, InputObject)]
#[graphql(name = "AddressChangesInput")]
pub(crate) struct AddressChanges {
    /// Street and number.
    line1: MaybeUndefined<String>,
    /// Flat or floor.
    line2: MaybeUndefined<String>,
    /// City.
    city: MaybeUndefined<String>,
    /// State, province or canton.
    region: MaybeUndefined<String>,
    /// Postal code.
    postal_code: MaybeUndefined<String>,
    /// ISO 3166-1 alpha-2 code in upper case.
    country: MaybeUndefined<String>,
}

impl AddressChanges {
    fn apply(self, stored: Address) -> Address {
        Address {
            line1: patch(self.line1, Some).apply_to(stored.line1),
            line2: patch(self.line2, Some).apply_to(stored.line2),
            city: patch(self.city, Some).apply_to(stored.city),
            region: patch(self.region, Some).apply_to(stored.region),
            postal_code: patch(self.postal_code, Some).apply_to(stored.postal_code),
            country: patch(self.country, Some).apply_to(stored.country),
        }
    }
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
            address: MaybeUndefined::Undefined,
            location: given(self.location),
            time_zone: given(self.time_zone),
            max_guests: given(self.max_guests),
            max_pets: MaybeUndefined::Value(self.max_pets),
            bedrooms: MaybeUndefined::Value(self.bedrooms),
            beds: MaybeUndefined::Value(self.beds),
            bathrooms: MaybeUndefined::Value(self.bathrooms),
            amenities: MaybeUndefined::Value(self.amenities),
            house_rules: given(self.house_rules),
            pricing: MaybeUndefined::Undefined,
            stay_rules: MaybeUndefined::Undefined,
            booking_mode: given(self.booking_mode),
            cancellation_policy: given(self.cancellation_policy),
            long_stay_policy: given(self.long_stay_policy),
        };
        let mut found = Violations::new();
        let mut details = update.merge(PropertyDetails::default(), &mut found);
        details.address = self.address.map(Into::into).unwrap_or_default();
        details.pricing = self.pricing.and_then(|it| it.parse(&mut found));
        details.stay_rules = self.stay_rules.unwrap_or_default().parse(&mut found);
        checked(details, found)
    }
}

impl PropertyChanges {
    /// The details with the changes applied, or all violations of the result.
    pub(crate) fn apply(&self, stored: &PropertyDetails) -> Result<PropertyDetails, Violations> {
        let mut found = Violations::new();
        let details = self.clone().merge(stored.clone(), &mut found);
        checked(details, found)
    }

    /// The details with the changes applied; adds a violation for each value that cannot be read.
    fn merge(self, stored: PropertyDetails, found: &mut Violations) -> PropertyDetails {
        let change = self;
        let usual = PropertyDetails::default();
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
        PropertyDetails {
            title: optional!(title),
            description: optional!(description),
            property_type: or_usual!(property_type),
            room_type: or_usual!(room_type),
            address: match change.address {
                MaybeUndefined::Undefined => stored.address,
                MaybeUndefined::Null => usual.address,
                MaybeUndefined::Value(changes) => changes.apply(stored.address),
            },
            location: optional!(location),
            time_zone: patch(change.time_zone, |name| input::time_zone(&name, found))
                .apply_to(stored.time_zone),
            max_guests: optional!(max_guests),
            max_pets: or_usual!(max_pets),
            bedrooms: or_usual!(bedrooms),
            beds: or_usual!(beds),
            half_bathrooms: patch(change.bathrooms, |it| {
                Some(input::half_bathrooms(it, found))
            })
            .apply_to(Some(stored.half_bathrooms))
            .unwrap_or_default(),
            amenities: or_usual!(amenities),
            house_rules: optional!(house_rules),
            pricing: match change.pricing {
                MaybeUndefined::Undefined => stored.pricing,
                MaybeUndefined::Null => None,
                MaybeUndefined::Value(changes) => changes.apply(stored.pricing, found),
            },
            stay_rules: match change.stay_rules {
                MaybeUndefined::Undefined => stored.stay_rules,
                MaybeUndefined::Null => usual.stay_rules,
                MaybeUndefined::Value(changes) => changes.apply(stored.stay_rules, found),
            },
            booking_mode: or_usual!(booking_mode),
            cancellation_policy: or_usual!(cancellation_policy),
            long_stay_policy: or_usual!(long_stay_policy),
        }
    }
}

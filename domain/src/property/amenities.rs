//! The catalogue of amenities.

use self::AmenityCategory as Category;
use crate::shared::string_enum::string_enum;

string_enum! {
    /// Category of an amenity.
    AmenityCategory {
        /// Bathroom.
        Bathroom = "bathroom",
        /// Bedroom and laundry.
        BedroomAndLaundry = "bedroom_and_laundry",
        /// Entertainment.
        Entertainment = "entertainment",
        /// Family.
        Family = "family",
        /// Heating and cooling.
        HeatingAndCooling = "heating_and_cooling",
        /// House rules: activities that the host allows.
        HouseRules = "house_rules",
        /// Internet and office.
        InternetAndOffice = "internet_and_office",
        /// Kitchen and dining.
        KitchenAndDining = "kitchen_and_dining",
        /// Location.
        LocationFeatures = "location_features",
        /// Outdoors.
        Outdoor = "outdoor",
        /// Parking and shared facilities.
        ParkingAndFacilities = "parking_and_facilities",
        /// Safety.
        Safety = "safety",
        /// Services.
        Services = "services",
    }
}

/// An amenity of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amenity {
    /// Stable identifier, as in the amenities of a property.
    pub id: &'static str,
    /// English label.
    pub label: &'static str,
    /// Category.
    pub category: AmenityCategory,
    /// Lower-case phrases of free text that mean it.
    phrases: &'static [&'static str],
}

const fn amenity(
    id: &'static str,
    label: &'static str,
    category: AmenityCategory,
    phrases: &'static [&'static str],
) -> Amenity {
    Amenity {
        id,
        label,
        category,
        phrases,
    }
}

/// All amenities of the catalogue.
pub const AMENITIES: &[Amenity] = &[
    amenity(
        "wifi",
        "Wifi",
        Category::InternetAndOffice,
        &["wifi", "wi-fi", "internet"],
    ),
    amenity(
        "kitchen",
        "Kitchen",
        Category::KitchenAndDining,
        &["kitchen"],
    ),
    amenity(
        "washer",
        "Washer",
        Category::BedroomAndLaundry,
        &["washer", "washing machine"],
    ),
    amenity(
        "dryer",
        "Dryer",
        Category::BedroomAndLaundry,
        &["free dryer", "paid dryer", "tumble dryer"],
    ),
    amenity(
        "air_conditioning",
        "Air conditioning",
        Category::HeatingAndCooling,
        &["air conditioning", "central air", "window ac", "ac unit"],
    ),
    amenity(
        "heating",
        "Heating",
        Category::HeatingAndCooling,
        &["heating"],
    ),
    amenity(
        "workspace",
        "Dedicated workspace",
        Category::InternetAndOffice,
        &["workspace", "desk"],
    ),
    amenity("tv", "TV", Category::Entertainment, &["tv"]),
    amenity(
        "hair_dryer",
        "Hair dryer",
        Category::Bathroom,
        &["hair dryer"],
    ),
    amenity("iron", "Iron", Category::BedroomAndLaundry, &["iron"]),
    amenity("pool", "Pool", Category::ParkingAndFacilities, &["pool"]),
    amenity(
        "hot_tub",
        "Hot tub",
        Category::ParkingAndFacilities,
        &["hot tub", "jacuzzi"],
    ),
    amenity(
        "free_parking",
        "Free parking",
        Category::ParkingAndFacilities,
        &[
            "free parking",
            "free driveway",
            "free street parking",
            "free residential garage",
            "free carport",
        ],
    ),
    amenity(
        "paid_parking",
        "Paid parking",
        Category::ParkingAndFacilities,
        &["paid parking", "paid street parking", "paid garage"],
    ),
    amenity(
        "ev_charger",
        "EV charger",
        Category::ParkingAndFacilities,
        &["ev charger"],
    ),
    amenity("crib", "Crib", Category::Family, &["crib"]),
    amenity(
        "king_bed",
        "King bed",
        Category::BedroomAndLaundry,
        &["king bed"],
    ),
    amenity(
        "gym",
        "Gym",
        Category::ParkingAndFacilities,
        &["gym", "exercise equipment"],
    ),
    amenity(
        "bbq_grill",
        "BBQ grill",
        Category::Outdoor,
        &["bbq grill", "barbecue"],
    ),
    amenity("breakfast", "Breakfast", Category::Services, &["breakfast"]),
    amenity(
        "indoor_fireplace",
        "Indoor fireplace",
        Category::HeatingAndCooling,
        &["indoor fireplace"],
    ),
    amenity(
        "smoking_allowed",
        "Smoking allowed",
        Category::HouseRules,
        &["smoking allowed"],
    ),
    amenity(
        "pets_allowed",
        "Pets allowed",
        Category::HouseRules,
        &["pets allowed"],
    ),
    amenity(
        "beachfront",
        "Beachfront",
        Category::LocationFeatures,
        &["beachfront", "beach access"],
    ),
    amenity(
        "waterfront",
        "Waterfront",
        Category::LocationFeatures,
        &["waterfront", "lake access"],
    ),
    amenity(
        "ski_in_out",
        "Ski-in/ski-out",
        Category::LocationFeatures,
        &["ski-in", "ski in"],
    ),
    amenity(
        "smoke_alarm",
        "Smoke alarm",
        Category::Safety,
        &["smoke alarm"],
    ),
    amenity(
        "carbon_monoxide_alarm",
        "Carbon monoxide alarm",
        Category::Safety,
        &["carbon monoxide alarm"],
    ),
    amenity(
        "fire_extinguisher",
        "Fire extinguisher",
        Category::Safety,
        &["fire extinguisher"],
    ),
    amenity(
        "first_aid_kit",
        "First aid kit",
        Category::Safety,
        &["first aid kit"],
    ),
    amenity(
        "self_check_in",
        "Self check-in",
        Category::Services,
        &["self check-in", "keypad", "lockbox", "smart lock"],
    ),
    amenity(
        "dishwasher",
        "Dishwasher",
        Category::KitchenAndDining,
        &["dishwasher"],
    ),
    amenity(
        "refrigerator",
        "Refrigerator",
        Category::KitchenAndDining,
        &["refrigerator", "mini fridge"],
    ),
    amenity(
        "microwave",
        "Microwave",
        Category::KitchenAndDining,
        &["microwave"],
    ),
    amenity(
        "coffee_maker",
        "Coffee maker",
        Category::KitchenAndDining,
        &["coffee maker", "coffee"],
    ),
    amenity(
        "patio_or_balcony",
        "Patio or balcony",
        Category::Outdoor,
        &["patio", "balcony"],
    ),
    amenity("backyard", "Backyard", Category::Outdoor, &["backyard"]),
    amenity(
        "elevator",
        "Elevator",
        Category::ParkingAndFacilities,
        &["elevator"],
    ),
    amenity("bathtub", "Bathtub", Category::Bathroom, &["bathtub"]),
    amenity(
        "essentials",
        "Essentials",
        Category::Bathroom,
        &["essentials"],
    ),
    amenity(
        "long_term_stays",
        "Long-term stays",
        Category::Services,
        &["long term stays"],
    ),
    amenity(
        "luggage_dropoff",
        "Luggage drop-off",
        Category::Services,
        &["luggage dropoff"],
    ),
];

/// Amenity of the catalogue for a free text such as `Free washer – In unit`, if any. A phrase must
/// stand at word boundaries, and the longest match wins, so that a hair dryer is not a dryer.
///
/// ```
/// use sojourn_domain::property::amenity_from_text;
/// assert_eq!(amenity_from_text("Fast wifi – 300 Mbps"), Some("wifi"));
/// assert_eq!(amenity_from_text("Hair dryer"), Some("hair_dryer"));
/// assert_eq!(amenity_from_text("Dishwasher"), Some("dishwasher"));
/// assert_eq!(amenity_from_text("Wine glasses"), None);
/// ```
#[must_use]
pub fn amenity_from_text(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    AMENITIES
        .iter()
        .flat_map(|it| it.phrases.iter().map(|&phrase| (it.id, phrase)))
        .filter(|&(word, phrase)| text == word || contains_phrase(&text, phrase))
        .max_by_key(|&(_, phrase)| phrase.len())
        .map(|(word, _)| word)
}

fn contains_phrase(text: &str, phrase: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(phrase).any(|(at, _)| {
        edge(text[..at].chars().next_back()) && edge(text[at + phrase.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn identifiers_are_unique_words_with_a_label() {
        let ids: BTreeSet<_> = AMENITIES.iter().map(|it| it.id).collect();
        let labels: BTreeSet<_> = AMENITIES.iter().map(|it| it.label).collect();
        assert_eq!(
            (ids.len(), labels.len()),
            (AMENITIES.len(), AMENITIES.len())
        );
        for amenity in AMENITIES {
            let is_word = |c: char| c.is_ascii_lowercase() || c == '_';
            assert!(amenity.id.chars().all(is_word), "{amenity:?}");
            assert!(amenity.label.starts_with(char::is_uppercase), "{amenity:?}");
            assert!(!amenity.phrases.is_empty(), "{amenity:?}");
        }
        let used: BTreeSet<_> = AMENITIES.iter().map(|it| it.category).collect();
        assert!(AmenityCategory::ALL.iter().all(|it| used.contains(it)));
    }
}

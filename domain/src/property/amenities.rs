//! The catalogue of amenities.

/// Identifiers of amenities, each with the lower-case phrases of free text that mean it.
pub const AMENITIES: &[(&str, &[&str])] = &[
    ("wifi", &["wifi", "wi-fi", "internet"]),
    ("kitchen", &["kitchen"]),
    ("washer", &["washer", "washing machine"]),
    ("dryer", &["free dryer", "paid dryer", "tumble dryer"]),
    (
        "air_conditioning",
        &["air conditioning", "central air", "window ac", "ac unit"],
    ),
    ("heating", &["heating"]),
    ("workspace", &["workspace", "desk"]),
    ("tv", &["tv"]),
    ("hair_dryer", &["hair dryer"]),
    ("iron", &["iron"]),
    ("pool", &["pool"]),
    ("hot_tub", &["hot tub", "jacuzzi"]),
    (
        "free_parking",
        &[
            "free parking",
            "free driveway",
            "free street parking",
            "free residential garage",
            "free carport",
        ],
    ),
    (
        "paid_parking",
        &["paid parking", "paid street parking", "paid garage"],
    ),
    ("ev_charger", &["ev charger"]),
    ("crib", &["crib"]),
    ("king_bed", &["king bed"]),
    ("gym", &["gym", "exercise equipment"]),
    ("bbq_grill", &["bbq grill", "barbecue"]),
    ("breakfast", &["breakfast"]),
    ("indoor_fireplace", &["indoor fireplace"]),
    ("smoking_allowed", &["smoking allowed"]),
    ("pets_allowed", &["pets allowed"]),
    ("beachfront", &["beachfront", "beach access"]),
    ("waterfront", &["waterfront", "lake access"]),
    ("ski_in_out", &["ski-in", "ski in"]),
    ("smoke_alarm", &["smoke alarm"]),
    ("carbon_monoxide_alarm", &["carbon monoxide alarm"]),
    ("fire_extinguisher", &["fire extinguisher"]),
    ("first_aid_kit", &["first aid kit"]),
    (
        "self_check_in",
        &["self check-in", "keypad", "lockbox", "smart lock"],
    ),
    ("dishwasher", &["dishwasher"]),
    ("refrigerator", &["refrigerator", "mini fridge"]),
    ("microwave", &["microwave"]),
    ("coffee_maker", &["coffee maker", "coffee"]),
    ("patio_or_balcony", &["patio", "balcony"]),
    ("backyard", &["backyard"]),
    ("elevator", &["elevator"]),
    ("bathtub", &["bathtub"]),
    ("essentials", &["essentials"]),
    ("long_term_stays", &["long term stays"]),
    ("luggage_dropoff", &["luggage dropoff"]),
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
        .flat_map(|&(word, phrases)| phrases.iter().map(move |&phrase| (word, phrase)))
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

//! Translation from the vocabulary of the source to that of the catalogue.

use sojourn_domain::property::{PropertyType, RoomType, amenity_from_text};

/// Words of `Private room in bed and breakfast`, `Entire serviced apartment`, `Houseboat` … The
/// first match wins.
const TYPES: &[(&str, PropertyType)] = &[
    ("breakfast", PropertyType::BedAndBreakfast),
    ("b&b", PropertyType::BedAndBreakfast),
    ("townhouse", PropertyType::Townhouse),
    ("treehouse", PropertyType::Treehouse),
    ("guesthouse", PropertyType::Guesthouse),
    ("suite", PropertyType::Guesthouse),
    ("hostel", PropertyType::Hostel),
    ("hotel", PropertyType::Hotel),
    ("aparthotel", PropertyType::Hotel),
    ("resort", PropertyType::Hotel),
    ("villa", PropertyType::Villa),
    ("cabin", PropertyType::Cabin),
    ("chalet", PropertyType::Cabin),
    ("cottage", PropertyType::Cottage),
    ("loft", PropertyType::Loft),
    ("bungalow", PropertyType::Bungalow),
    ("boat", PropertyType::Boat),
    ("houseboat", PropertyType::Boat),
    ("camper", PropertyType::Camper),
    ("rv", PropertyType::Camper),
    ("campsite", PropertyType::Tent),
    ("tent", PropertyType::Tent),
    ("tipi", PropertyType::Tent),
    ("yurt", PropertyType::Tent),
    ("farm", PropertyType::FarmStay),
    ("castle", PropertyType::Castle),
    ("apartment", PropertyType::Apartment),
    ("unit", PropertyType::Apartment),
    ("condo", PropertyType::Apartment),
    ("condominium", PropertyType::Apartment),
    ("home", PropertyType::House),
    ("house", PropertyType::House),
];

pub(super) fn property_type(text: &str) -> Option<PropertyType> {
    let text = text.to_lowercase();
    let words: Vec<_> = text
        .split(|c: char| !c.is_alphanumeric() && c != '&')
        .collect();
    TYPES
        .iter()
        .find(|(word, _)| words.contains(word))
        .map(|&(_, kind)| kind)
}

pub(super) fn room_type(text: &str) -> Option<RoomType> {
    match text.to_lowercase().as_str() {
        "entire home/apt" | "entire place" => Some(RoomType::EntirePlace),
        "private room" => Some(RoomType::PrivateRoom),
        "shared room" => Some(RoomType::SharedRoom),
        "hotel room" => Some(RoomType::HotelRoom),
        _ => None,
    }
}

/// Half bathrooms in `1.5 shared baths`, `Half-bath`, `Private half-bath`, `3 baths`, `2.0`.
pub(super) fn half_bathrooms(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    let first = text.split_whitespace().next()?;
    match first.parse::<f64>() {
        Ok(count) if (0.0..=50.0).contains(&count) => {
            (0..=100_u32).find(|&halves| (f64::from(halves) - count * 2.0).abs() <= 0.5)
        }
        Ok(_) => None,
        Err(_) => text.contains("half").then_some(1),
    }
}

/// Amenities of a JSON list, or of the older form `{TV,"Cable TV"}`, without duplicates: the
/// catalogue's word if there is one, else the text itself. Also returns the number dropped beyond
/// the limit.
pub(super) fn amenities(text: &str) -> Option<(Vec<String>, usize)> {
    let listed: Vec<String> = match serde_json::from_str(text) {
        Ok(listed) => listed,
        Err(_) => parse_braced_list(text)?,
    };
    let mut found: Vec<String> = Vec::with_capacity(listed.len());
    for item in listed {
        let (own, _) = super::plain_text::truncate(
            super::plain_text::from_html(&item).replace('\n', " "),
            200,
        );
        let word = amenity_from_text(&own).map_or(own, str::to_owned);
        if !word.is_empty() && !found.contains(&word) {
            found.push(word);
        }
    }
    let dropped = found.len().saturating_sub(150);
    found.truncate(150);
    Some((found, dropped))
}

fn parse_braced_list(text: &str) -> Option<Vec<String>> {
    let inside = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(inside.as_bytes());
    match reader.records().next() {
        None => Some(Vec::new()),
        Some(record) => Some(record.ok()?.iter().map(str::to_owned).collect()),
    }
}

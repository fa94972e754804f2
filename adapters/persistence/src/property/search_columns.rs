//! The columns and rows that properties are searched by.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use diesel::prelude::*;
use sojourn_domain::property::{BookingMode, Location, Property, PropertyDetails, StayRules};
use sojourn_domain::shared::{BasisPoints, Money};

use crate::columns::count;
use crate::columns::search_form::{SEARCH_VERSION, search_form};
use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::property::row::PropertyRow;
use crate::property::search::place_columns::PlaceColumns;
use crate::schema::marketplace::{properties, property_amenities, property_discounts};

/// The columns that are only searched by, derived from the details. Texts are in the form of the search, and the
/// location is the displayed one, so that no search tells more than a map shows.
#[derive(Debug, Insertable, AsChangeset)]
#[diesel(table_name = properties, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct SearchColumns {
    search_text: String,
    city_key: Option<String>,
    place_key: Option<String>,
    place_name: Option<String>,
    country: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    max_guests: Option<i32>,
    bedrooms: i32,
    property_type: &'static str,
    room_type: &'static str,
    instant: bool,
    nightly: Option<i64>,
    currency: Option<&'static str>,
    min_nights: i32,
    max_nights: i32,
    preparation_nights: i32,
    weekend: Option<i64>,
    time_zone: Option<&'static str>,
    max_discount_bps: i32,
    search_version: i32,
}

/// The kinds of rows of `property_discounts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiscountKind {
    /// By the number of nights.
    LengthOfStay,
    /// By the least number of days before check-in.
    EarlyBird,
    /// By the greatest number of days before check-in.
    LastMinute,
}

impl DiscountKind {
    /// The word in the table.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::LengthOfStay => "length_of_stay",
            Self::EarlyBird => "early_bird",
            Self::LastMinute => "last_minute",
        }
    }
}

/// The most rows of a statement.
const MAX_ROWS: usize = 1_000;

/// A row of `property_amenities`: one amenity, in lower case.
#[derive(Debug, Insertable)]
#[diesel(table_name = property_amenities)]
struct AmenityRow {
    property_id: UuidColumn,
    amenity: String,
}

/// A row of `property_discounts`: a length-of-stay tier from so many nights on, or a discount from or up to so many
/// days before check-in.
#[derive(Debug, Insertable)]
#[diesel(table_name = property_discounts)]
struct DiscountRow {
    property_id: UuidColumn,
    kind: &'static str,
    threshold: i32,
    discount_bps: i32,
}

impl SearchColumns {
    /// The columns of the details of a property.
    pub(crate) fn from_details(details: &PropertyDetails) -> Self {
        let texts = [&details.title, &details.description, &details.address.city];
        let texts: Vec<&str> = texts
            .into_iter()
            .filter_map(|text| text.as_deref())
            .collect();
        let nightly = details.pricing.as_ref().map(|pricing| pricing.nightly);
        let weekend = details.pricing.as_ref().and_then(|pricing| pricing.weekend);
        let displayed = details.location.map(Location::blurred);
        let place = PlaceColumns::of(&details.address);
        let (min_nights, max_nights) = night_limits(&details.stay_rules);
        Self {
            search_text: search_form(&texts.join("\n")),
            city_key: details.address.city.as_deref().map(search_form),
            place_key: place.as_ref().map(|it| it.key.clone()),
            place_name: place.map(|it| it.name),
            country: details.address.country.clone(),
            latitude: displayed.map(|location| location.latitude),
            longitude: displayed.map(|location| location.longitude),
            max_guests: details.max_guests.map(count::to_db),
            bedrooms: count::to_db(details.bedrooms),
            property_type: details.property_type.as_str(),
            room_type: details.room_type.as_str(),
            instant: details.booking_mode == BookingMode::Instant,
            nightly: nightly.map(Money::amount),
            currency: nightly.map(|money| money.currency().code()),
            min_nights: count::to_db(min_nights),
            max_nights: count::to_db(max_nights),
            preparation_nights: count::to_db(details.stay_rules.preparation_nights),
            weekend: weekend.map(Money::amount),
            time_zone: details.time_zone.map(Tz::name),
            max_discount_bps: details
                .pricing
                .as_ref()
                .map_or(0, |pricing| count::to_db(pricing.max_discount_bps())),
            search_version: SEARCH_VERSION,
        }
    }
}

/// Writes the columns and rows of the search of a property again.
pub(crate) fn refresh_property(conn: &mut AnyConnection, id: UuidColumn) -> Result<(), TxError> {
    let row: Option<PropertyRow> = properties::table
        .find(id)
        .select(PropertyRow::as_select())
        .first(conn)
        .optional()?;
    let property = match row.map(PropertyRow::into_property) {
        Some(Ok(property)) => property,
        Some(Err(error)) => {
            tracing::warn!(%error, property = %id.0, "a property without columns of the search");
            return Ok(());
        }
        None => return Ok(()),
    };
    let unchanged = properties::table
        .filter(properties::id.eq(id))
        .filter(properties::version.eq(property.version));
    let written = diesel::update(unchanged)
        .set(SearchColumns::from_details(&property.details))
        .execute(conn)?;
    if written == 0 {
        return Ok(());
    }
    replace_search_rows(conn, &property)
}

/// The fewest and most nights of a stay over all weekdays of arrival. A hit is checked again for its own weekday.
fn night_limits(rules: &StayRules) -> (u32, u32) {
    let fewest = rules
        .weekdays
        .iter()
        .filter_map(|weekday| weekday.min_nights);
    let most = rules
        .weekdays
        .iter()
        .filter_map(|weekday| weekday.max_nights);
    (
        fewest.fold(rules.min_nights, u32::min),
        most.fold(rules.max_nights, u32::max),
    )
}

/// Stores the rows that new properties are searched by.
pub(crate) fn insert_search_rows(
    conn: &mut AnyConnection,
    all: &[&Property],
) -> Result<(), TxError> {
    let amenities: Vec<_> = all.iter().flat_map(|it| amenity_rows(it)).collect();
    for rows in amenities.chunks(MAX_ROWS) {
        insert_rows!(conn, property_amenities::table, rows)?;
    }
    let discounts: Vec<_> = all.iter().flat_map(|it| discount_rows(it)).collect();
    for rows in discounts.chunks(MAX_ROWS) {
        insert_rows!(conn, property_discounts::table, rows)?;
    }
    Ok(())
}

/// Stores the rows that a property is searched by in the place of the earlier ones.
pub(crate) fn replace_search_rows(
    conn: &mut AnyConnection,
    property: &Property,
) -> Result<(), TxError> {
    let id = UuidColumn::from(property.id);
    diesel::delete(property_amenities::table.filter(property_amenities::property_id.eq(id)))
        .execute(conn)?;
    diesel::delete(property_discounts::table.filter(property_discounts::property_id.eq(id)))
        .execute(conn)?;
    insert_search_rows(conn, &[property])
}

/// The rows of the amenities of a property, each once.
fn amenity_rows(property: &Property) -> Vec<AmenityRow> {
    let words: BTreeSet<String> = property
        .details
        .amenities
        .iter()
        .map(|word| word.to_lowercase())
        .collect();
    let property_id = property.id.into();
    words
        .into_iter()
        .map(|amenity| AmenityRow {
            property_id,
            amenity,
        })
        .collect()
}

/// The rows of the discounts of a property at the standard rate.
fn discount_rows(property: &Property) -> Vec<DiscountRow> {
    let Some(pricing) = &property.details.pricing else {
        return Vec::new();
    };
    let row = |kind: DiscountKind, threshold: u32, share: BasisPoints| DiscountRow {
        property_id: property.id.into(),
        kind: kind.as_str(),
        threshold: count::to_db(threshold),
        discount_bps: count::to_db(share.get()),
    };
    let tiers = pricing.length_of_stay_tiers().into_iter();
    let of_length =
        tiers.map(|tier| row(DiscountKind::LengthOfStay, tier.nights, tier.discount_bps));
    let of_lead = [
        (DiscountKind::EarlyBird, pricing.early_bird),
        (DiscountKind::LastMinute, pricing.last_minute),
    ];
    let of_lead = of_lead.into_iter().filter_map(|(kind, rule)| {
        let rule = rule.filter(|rule| rule.discount_bps > BasisPoints::ZERO)?;
        Some(row(kind, rule.days_ahead, rule.discount_bps))
    });
    of_length.chain(of_lead).collect()
}

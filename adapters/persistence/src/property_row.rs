//! A property as its row.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::property::{
    BookingMode, Property, PropertyDetails, PropertyRecord, PropertyStatus, Rating, StayRules,
};
use sojourn_domain::shared::{Money, StoreError};

use crate::instant::{read, stored};
use crate::json_column::{column, from_json, known, to_json};
use crate::schema::marketplace::{properties, property_amenities};
use crate::uuid_column::UuidColumn;

/// What is read of a property.
#[derive(Debug, Queryable, Selectable, Insertable, QueryableByName)]
#[diesel(table_name = properties, treat_none_as_default_value = false)]
pub(crate) struct PropertyRow {
    pub(crate) id: UuidColumn,
    host_id: UuidColumn,
    status: String,
    details: String,
    rating_sum: i64,
    rating_count: i64,
    pub(crate) created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    version: i64,
}

/// What becomes of a property that is edited: everything but what its reviews say.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = properties)]
pub(crate) struct PropertyEdit {
    status: String,
    details: String,
    updated_at: NaiveDateTime,
    version: i64,
}

/// What is only searched by; the truth is in the details.
#[derive(Debug, Insertable, AsChangeset)]
#[diesel(table_name = properties, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct SearchColumns {
    search_text: String,
    city_key: Option<String>,
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
}

/// One amenity of a property, in lower case.
#[derive(Debug, Insertable)]
#[diesel(table_name = property_amenities)]
pub(crate) struct AmenityRow {
    property_id: UuidColumn,
    amenity: String,
}

impl PropertyRow {
    /// The row of a property.
    pub(crate) fn of(property: &Property) -> Result<Self, StoreError> {
        Ok(Self {
            id: property.id.into(),
            host_id: property.host_id.into(),
            status: property.status.as_str().to_owned(),
            details: to_json(&property.details)?,
            rating_sum: property.rating.sum,
            rating_count: property.rating.count,
            created_at: stored(property.created_at),
            updated_at: stored(property.updated_at),
            version: property.version,
        })
    }

    /// The property of a row.
    pub(crate) fn property(self) -> Result<Property, StoreError> {
        Ok(Property::restore(PropertyRecord {
            id: self.id.into(),
            host_id: self.host_id.into(),
            status: known(PropertyStatus::from_word(&self.status), "properties.status")?,
            details: from_json(&self.details)?,
            rating: Rating {
                sum: self.rating_sum,
                count: self.rating_count,
            },
            created_at: read(self.created_at),
            updated_at: read(self.updated_at),
            version: self.version,
        }))
    }

    /// The part that an edit replaces.
    pub(crate) fn into_edit(self) -> PropertyEdit {
        PropertyEdit {
            status: self.status,
            details: self.details,
            updated_at: self.updated_at,
            version: self.version,
        }
    }
}

impl SearchColumns {
    /// The columns of a property.
    pub(crate) fn of(details: &PropertyDetails) -> Self {
        let texts = [&details.title, &details.description, &details.address.city];
        let texts: Vec<&str> = texts
            .into_iter()
            .filter_map(|text| text.as_deref())
            .collect();
        let nightly = details.pricing.as_ref().map(|pricing| pricing.nightly);
        let (fewest, most) = limits(&details.stay_rules);
        Self {
            search_text: texts.join("\n").to_lowercase(),
            city_key: details
                .address
                .city
                .as_deref()
                .map(|city| city.trim().to_lowercase()),
            country: details.address.country.clone(),
            latitude: details.location.map(|location| location.latitude),
            longitude: details.location.map(|location| location.longitude),
            max_guests: details.max_guests.map(column),
            bedrooms: column(details.bedrooms),
            property_type: details.property_type.as_str(),
            room_type: details.room_type.as_str(),
            instant: details.booking_mode == BookingMode::Instant,
            nightly: nightly.map(Money::amount),
            currency: nightly.map(|money| money.currency().code()),
            min_nights: column(fewest),
            max_nights: column(most),
            preparation_nights: column(details.stay_rules.preparation_nights),
        }
    }
}

/// The fewest and most nights of a stay that begins on whatever weekday: what is found by them is looked at again.
fn limits(rules: &StayRules) -> (u32, u32) {
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

/// The amenities of a property, each once.
pub(crate) fn amenities(property: &Property) -> Vec<AmenityRow> {
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

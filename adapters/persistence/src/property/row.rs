//! Properties as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::property::{Property, PropertyRecord, PropertyStatus, Rating};
use sojourn_domain::shared::RepositoryError;

use crate::columns::enums::known;
use crate::columns::json::{from_json, to_json};
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::errors::{corrupt, damaged};
use crate::schema::marketplace::properties;

/// A row of `properties`, without the columns that are only searched by.
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
    deleted_at: Option<NaiveDateTime>,
}

/// The columns that an edit of a property replaces: all but its rating.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = properties)]
pub(crate) struct PropertyEdit {
    status: String,
    details: String,
    updated_at: NaiveDateTime,
    version: i64,
}

impl PropertyRow {
    /// The row of a property.
    pub(crate) fn try_from_property(property: &Property) -> Result<Self, RepositoryError> {
        Ok(Self {
            id: property.id.into(),
            host_id: property.host_id.into(),
            status: property.status.as_str().to_owned(),
            details: to_json(&property.details)?,
            rating_sum: property.rating.sum,
            rating_count: property.rating.count,
            created_at: timestamp::to_db(property.created_at),
            updated_at: timestamp::to_db(property.updated_at),
            version: property.version,
            deleted_at: None,
        })
    }

    /// The property of a row.
    pub(crate) fn into_property(self) -> Result<Property, RepositoryError> {
        let id = self.id;
        self.restore()
            .map_err(|error| damaged("properties", id.0, error))
    }

    fn restore(self) -> Result<Property, RepositoryError> {
        Property::restore(PropertyRecord {
            id: self.id.into(),
            host_id: self.host_id.into(),
            status: match self.deleted_at {
                Some(_) => PropertyStatus::Deleted,
                None => known(
                    self.status.parse::<PropertyStatus>().ok(),
                    "properties.status",
                )?,
            },
            details: from_json(&self.details)?,
            rating: Rating {
                sum: self.rating_sum,
                count: self.rating_count,
            },
            created_at: timestamp::from_db(self.created_at),
            updated_at: timestamp::from_db(self.updated_at),
            version: self.version,
        })
        .map_err(corrupt)
    }

    /// The columns that an edit replaces.
    pub(crate) fn into_edit(self) -> PropertyEdit {
        PropertyEdit {
            status: self.status,
            details: self.details,
            updated_at: self.updated_at,
            version: self.version,
        }
    }
}

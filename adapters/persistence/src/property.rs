//! Properties.

use async_trait::async_trait;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use sojourn_domain::property::{
    Calendar, CalendarChange, Property, PropertyChange, PropertyRepository,
};
use sojourn_domain::shared::{CommitError, PropertyId, StoreError};

use crate::audit::append_any;
use crate::calendar;
use crate::connection::AnyConnection;
use crate::database::Database;
use crate::dialect::each;
use crate::errors::TxError;
use crate::property_row::{PropertyRow, SearchColumns, amenities};
use crate::schema::marketplace::{bookings, properties, property_amenities};
use crate::uuid_column::UuidColumn;

#[async_trait]
impl PropertyRepository for Database {
    async fn get(&self, id: PropertyId) -> Result<Option<Property>, StoreError> {
        self.read(move |conn| {
            let query = properties::table
                .find(UuidColumn::from(id))
                .select(PropertyRow::as_select());
            let row: Option<PropertyRow> = query.first(conn).optional()?;
            Ok(row.map(PropertyRow::property).transpose()?)
        })
        .await
    }

    async fn get_many(&self, ids: &[PropertyId]) -> Result<Vec<Property>, StoreError> {
        let ids: Vec<UuidColumn> = ids.iter().map(|&id| id.into()).collect();
        self.read(move |conn| {
            let query = properties::table.filter(properties::id.eq_any(&ids));
            let rows: Vec<PropertyRow> = query.select(PropertyRow::as_select()).load(conn)?;
            Ok(rows
                .into_iter()
                .map(PropertyRow::property)
                .collect::<Result<_, _>>()?)
        })
        .await
    }

    async fn commit(&self, change: PropertyChange) -> Result<(), CommitError> {
        self.write(move |conn| {
            store(conn, &change.property)?;
            append_any(conn, change.audit.as_ref())
        })
        .await
    }

    async fn delete(&self, id: PropertyId, version: i64) -> Result<(), CommitError> {
        self.write(move |conn| remove(conn, id.into(), version))
            .await
    }

    async fn calendar(
        &self,
        id: PropertyId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Calendar, StoreError> {
        self.read(move |conn| {
            let mut calendars = calendar::load(conn, &[id.into()], from, to)?;
            Ok(calendars.remove(&UuidColumn::from(id)).unwrap_or_default())
        })
        .await
    }

    async fn commit_calendar(
        &self,
        id: PropertyId,
        change: CalendarChange,
    ) -> Result<(), CommitError> {
        calendar::commit(self, id, change).await
    }
}

fn store(conn: &mut AnyConnection, property: &Property) -> Result<(), TxError> {
    let (row, columns) = (
        PropertyRow::of(property)?,
        SearchColumns::of(&property.details),
    );
    if property.version == 1 {
        return insert(conn, property, &row, &columns);
    }
    let before = properties::table
        .filter(properties::id.eq(row.id))
        .filter(properties::version.eq(property.version - 1));
    let changed = diesel::update(before)
        .set((row.into_edit(), columns))
        .execute(conn)?;
    if changed == 0 {
        return Err(CommitError::Stale.into());
    }
    let id = UuidColumn::from(property.id);
    diesel::delete(property_amenities::table.filter(property_amenities::property_id.eq(id)))
        .execute(conn)?;
    insert_amenities(conn, property)
}

/// Stores a property that is new.
pub(crate) fn insert(
    conn: &mut AnyConnection,
    property: &Property,
    row: &PropertyRow,
    columns: &SearchColumns,
) -> Result<(), TxError> {
    diesel::insert_into(properties::table)
        .values((row, columns))
        .execute(conn)?;
    insert_amenities(conn, property)
}

fn insert_amenities(conn: &mut AnyConnection, property: &Property) -> Result<(), TxError> {
    let rows = amenities(property);
    if !rows.is_empty() {
        each!(conn, c => diesel::insert_into(property_amenities::table).values(&rows).execute(c))?;
    }
    Ok(())
}

fn remove(conn: &mut AnyConnection, id: UuidColumn, version: i64) -> Result<(), TxError> {
    let named = bookings::table
        .filter(bookings::property_id.eq(id))
        .select(bookings::version)
        .limit(1);
    if named.first::<i64>(conn).optional()?.is_some() {
        return Err(CommitError::Exists.into());
    }
    let this = properties::table
        .filter(properties::id.eq(id))
        .filter(properties::version.eq(version));
    match diesel::delete(this).execute(conn) {
        Ok(0) => Err(CommitError::Stale.into()),
        Ok(_) => Ok(()),
        // A booking, or an imported review, that came meanwhile.
        Err(Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => {
            Err(CommitError::Exists.into())
        }
        Err(error) => Err(error.into()),
    }
}

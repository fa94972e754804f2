//! The repository of properties.

use async_trait::async_trait;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use sojourn_application::ports::{Outcome, OutcomeKind};
use sojourn_domain::property::{
    Calendar, CalendarChange, CalendarCommitError, Property, PropertyChange, PropertyDeletion,
    PropertyDeletionError, PropertyRepository, PropertyStatus,
};
use sojourn_domain::shared::{CommitError, PropertyId, RepositoryError, UserId};

use super::queries::count_unlisted;
use super::row::PropertyRow;
use super::search_columns::{SearchColumns, insert_search_rows, replace_search_rows};
use crate::audit::append::record_optional;
use crate::booking::queries::has_active_bookings;
use crate::calendar::queries::load_calendars;
use crate::calendar::repository::commit_change;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::{Refusal, TxError};
use crate::operator::rights::require_active;
use crate::query::pagination::convert_all;
use crate::query::row_lock::{lock_account_exclusively, lock_property_exclusively};
use crate::schema::marketplace::{bookings, properties, reviews};

#[async_trait]
impl PropertyRepository for Database {
    async fn get(&self, id: PropertyId) -> Result<Option<Property>, RepositoryError> {
        self.read(move |conn| {
            let query = properties::table
                .find(UuidColumn::from(id))
                .select(PropertyRow::as_select());
            let row: Option<PropertyRow> = query.first(conn).optional()?;
            Ok(row.map(PropertyRow::into_property).transpose()?)
        })
        .await
    }

    async fn get_many(&self, ids: &[PropertyId]) -> Result<Vec<Property>, RepositoryError> {
        let ids: Vec<UuidColumn> = ids.iter().map(|&id| id.into()).collect();
        self.read(move |conn| {
            let query = properties::table.filter(properties::id.eq_any(&ids));
            let rows: Vec<PropertyRow> = query.select(PropertyRow::as_select()).load(conn)?;
            convert_all(rows, PropertyRow::into_property)
        })
        .await
    }

    async fn commit(&self, change: PropertyChange) -> Result<(), CommitError> {
        let outcome = Outcome::new(OutcomeKind::Property, change.property.id.uuid());
        self.commit_outcome(outcome, move |conn| {
            store(conn, &change)?;
            record_optional(conn, change.audit.as_ref())
        })
        .await
    }

    async fn delete(&self, deletion: PropertyDeletion) -> Result<(), PropertyDeletionError> {
        let outcome = Outcome::new(OutcomeKind::Property, deletion.id.uuid());
        self.commit_outcome(outcome, move |conn| {
            delete_property(conn, &deletion)?;
            record_optional(conn, deletion.audit.as_ref())
        })
        .await
    }

    async fn calendar(
        &self,
        id: PropertyId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Calendar, RepositoryError> {
        self.read(move |conn| {
            let mut calendars = load_calendars(conn, &[id.into()], from, to)?;
            let calendar = calendars.remove(&UuidColumn::from(id));
            Ok(calendar.unwrap_or_else(|| Calendar::free(id, from, to)))
        })
        .await
    }

    async fn commit_calendar(
        &self,
        id: PropertyId,
        change: CalendarChange,
    ) -> Result<(), CalendarCommitError> {
        commit_change(self, id, change).await
    }
}

fn store(conn: &mut AnyConnection, change: &PropertyChange) -> Result<(), TxError> {
    let property = &change.property;
    let row = PropertyRow::try_from_property(property)?;
    let columns = SearchColumns::from_details(&property.details);
    if property.version == 1 {
        require_host(conn, property.host_id, change.max_unlisted)?;
        return insert(conn, property, &row, &columns);
    }
    let before = properties::table
        .filter(properties::id.eq(row.id))
        .filter(properties::version.eq(property.version - 1));
    let changed = diesel::update(before)
        .set((row.into_edit(), columns))
        .execute(conn)?;
    if changed == 0 {
        return Err(Refusal::Stale.into());
    }
    replace_search_rows(conn, property)
}

/// Refuses a new property of a host whose account is closed, or who has as many that are not listed as one may have.
fn require_host(
    conn: &mut AnyConnection,
    host: UserId,
    max_unlisted: Option<u64>,
) -> Result<(), TxError> {
    lock_account_exclusively(conn, host.into())?;
    require_active(conn, host.into())?;
    let Some(most) = max_unlisted else {
        return Ok(());
    };
    if count_unlisted(conn, host)? < most {
        Ok(())
    } else {
        Err(Refusal::Stale.into())
    }
}

/// Stores a new property.
fn insert(
    conn: &mut AnyConnection,
    property: &Property,
    row: &PropertyRow,
    columns: &SearchColumns,
) -> Result<(), TxError> {
    diesel::insert_into(properties::table)
        .values((row, columns))
        .execute(conn)?;
    insert_search_rows(conn, &[property])
}

fn delete_property(conn: &mut AnyConnection, deletion: &PropertyDeletion) -> Result<(), TxError> {
    let id = UuidColumn::from(deletion.id);
    lock_property_exclusively(conn, id)?;
    if has_active_bookings(conn, deletion.id)? {
        return Err(Refusal::Exists.into());
    }
    let this = properties::table
        .filter(properties::id.eq(id))
        .filter(properties::version.eq(deletion.version))
        .filter(properties::deleted_at.is_null());
    let done = if is_referred_to(conn, id)? {
        let at = timestamp::to_db(deletion.at);
        let kept = (
            properties::status.eq(PropertyStatus::Unlisted.as_str()),
            properties::deleted_at.eq(Some(at)),
            properties::updated_at.eq(at),
            properties::version.eq(deletion.version + 1),
        );
        diesel::update(this).set(kept).execute(conn)
    } else {
        diesel::delete(this).execute(conn)
    };
    match done {
        Ok(0) => Err(Refusal::Stale.into()),
        Ok(_) => Ok(()),
        // A booking, or an imported review, that was stored concurrently.
        Err(Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => {
            Err(Refusal::Exists.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// True if a booking or a review refers to the property.
fn is_referred_to(conn: &mut AnyConnection, id: UuidColumn) -> Result<bool, TxError> {
    let booked = bookings::table
        .filter(bookings::property_id.eq(id))
        .select(bookings::version)
        .limit(1);
    if booked.first::<i64>(conn).optional()?.is_some() {
        return Ok(true);
    }
    let reviewed = reviews::table
        .filter(reviews::property_id.eq(id))
        .select(reviews::version)
        .limit(1);
    Ok(reviewed.first::<i64>(conn).optional()?.is_some())
}

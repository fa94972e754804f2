//! Queries of properties.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::NaiveDate;
use diesel::prelude::*;
use sojourn_application::ports::{
    Place, PropertyFilter, PropertyQueries, PropertySearch, SearchHit, SummaryRows,
};
use sojourn_domain::property::{Calendar, Property, PropertyStatus};
use sojourn_domain::shared::{Page, PageRequest, PropertyId, RepositoryError, UserId};

use super::row::PropertyRow;
use super::search::currencies::has_mixed_currencies;
use super::search::places::find_places;
use super::search::queries::search_properties;
use super::search::reach::reach_of;
use super::search::summary::summary_rows;
use crate::calendar::queries::load_calendars;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::query::pagination::{
    convert_all, fetch_limit, format_position, into_page, parse_position,
};
use crate::query::statement::{Statement, Value};
use crate::schema::marketplace::properties;

#[async_trait]
impl PropertyQueries for Database {
    async fn search(
        &self,
        search: PropertySearch,
        page: PageRequest,
    ) -> Result<Page<SearchHit>, RepositoryError> {
        // The calendars of a stay take further statements.
        if search.stay.is_some() {
            return self
                .read_consistently(move |conn| search_properties(conn, &search, &page))
                .await;
        }
        self.read(move |conn| search_properties(conn, &search, &page))
            .await
    }

    async fn reach(&self, search: PropertySearch) -> Result<Option<u32>, RepositoryError> {
        self.read(move |conn| reach_of(conn, &search)).await
    }

    async fn summary_rows(
        &self,
        search: PropertySearch,
        limit: u32,
    ) -> Result<SummaryRows, RepositoryError> {
        self.read_consistently(move |conn| summary_rows(conn, &search, limit))
            .await
    }

    async fn has_mixed_currencies(&self, search: PropertySearch) -> Result<bool, RepositoryError> {
        self.read(move |conn| has_mixed_currencies(conn, &search))
            .await
    }

    async fn places(&self, prefix: String, limit: u32) -> Result<Vec<Place>, RepositoryError> {
        self.read(move |conn| find_places(conn, &prefix, limit))
            .await
    }

    async fn properties(
        &self,
        filter: PropertyFilter,
        page: PageRequest,
    ) -> Result<Page<Property>, RepositoryError> {
        self.read(move |conn| list_properties(conn, filter, &page))
            .await
    }

    async fn calendars(
        &self,
        ids: Vec<PropertyId>,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<HashMap<PropertyId, Calendar>, RepositoryError> {
        let ids: Vec<UuidColumn> = ids.into_iter().map(Into::into).collect();
        self.read(move |conn| {
            let found = load_calendars(conn, &ids, from, to)?;
            Ok(found.into_iter().map(|(id, it)| (id.into(), it)).collect())
        })
        .await
    }

    async fn count_listed(&self, host: UserId) -> Result<u64, RepositoryError> {
        self.read(move |conn| count_listed(conn, host)).await
    }

    async fn count_unlisted(&self, host: UserId) -> Result<u64, RepositoryError> {
        self.read(move |conn| count_unlisted(conn, host)).await
    }
}

/// A page of properties, the newest first, in one statement.
pub(crate) fn list_properties(
    conn: &mut AnyConnection,
    filter: PropertyFilter,
    page: &PageRequest,
) -> Result<Page<Property>, TxError> {
    let mut sql = Statement::for_connection(conn);
    write_statement(&mut sql, filter, page);
    let rows: Vec<PropertyRow> = sql.into_query().load(conn)?;
    let position = |row: &PropertyRow| format_position(row.created_at, row.id);
    into_page(rows, page, position, |rows| {
        convert_all(rows, PropertyRow::into_property)
    })
}

fn write_statement(sql: &mut Statement, filter: PropertyFilter, page: &PageRequest) {
    sql.push(
        "SELECT id, host_id, status, details, rating_sum, rating_count, created_at, updated_at, version, \
         deleted_at FROM properties WHERE deleted_at IS NULL",
    );
    if let Some(status) = filter.status {
        sql.and("status = ?", Value::Text(status.as_str().to_owned()));
    }
    if let Some(host) = filter.host {
        sql.and("host_id = ?", Value::Id(host.into()));
    }
    if let Some((created_at, id)) = page.after.as_deref().and_then(parse_position) {
        let after = sql.values([Value::Timestamp(created_at), Value::Id(id)]);
        sql.push(&format!(" AND (created_at, id) < ({after})"));
    }
    sql.push(" ORDER BY created_at DESC, id DESC");
    sql.limit(fetch_limit(page));
}

/// Number of listed properties of a host.
pub(crate) fn count_listed(conn: &mut AnyConnection, host: UserId) -> Result<u64, TxError> {
    let query = properties::table
        .filter(properties::host_id.eq(UuidColumn::from(host)))
        .filter(properties::status.eq(PropertyStatus::Listed.as_str()));
    let count: i64 = query.count().get_result(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Number of properties of a host that are neither listed nor deleted.
pub(crate) fn count_unlisted(conn: &mut AnyConnection, host: UserId) -> Result<u64, TxError> {
    let query = properties::table
        .filter(properties::host_id.eq(UuidColumn::from(host)))
        .filter(properties::status.ne(PropertyStatus::Listed.as_str()))
        .filter(properties::deleted_at.is_null());
    let count: i64 = query.count().get_result(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

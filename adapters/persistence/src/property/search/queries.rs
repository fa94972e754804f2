//! The pages of a search: one statement, and two more for the calendars of the page.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Double;
use sojourn_application::ports::{PropertySearch, SearchHit};
use sojourn_domain::property::{Calendar, StayRules};
use sojourn_domain::shared::{Page, PageRequest};

use super::reach::first_try;
use super::statement::write_search;
use crate::calendar::queries::load_calendars;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::property::row::PropertyRow;
use crate::query::pagination::{fetch_limit, into_page};
use crate::query::statement::Statement;

#[derive(QueryableByName)]
struct Hit {
    #[diesel(embed)]
    property: PropertyRow,
    #[diesel(sql_type = Double)]
    sort_key: f64,
}

impl Hit {
    fn position(&self) -> String {
        format!("{}|{}", self.sort_key, self.property.id.0)
    }
}

/// A page of properties that match a search.
pub(crate) fn search_properties(
    conn: &mut AnyConnection,
    search: &PropertySearch,
    page: &PageRequest,
) -> Result<Page<SearchHit>, TxError> {
    let hits = find_hits(conn, search, page)?;
    into_page(hits, page, Hit::position, |hits| {
        let ids: Vec<UuidColumn> = hits.iter().map(|hit| hit.property.id).collect();
        let mut calendars = match nights(search) {
            Some((from, to)) if !ids.is_empty() => load_calendars(conn, &ids, from, to)?,
            Some(_) | None => Default::default(),
        };
        let hits = hits.into_iter().map(|hit| {
            let position = hit.position();
            let calendar = calendars.remove(&hit.property.id);
            Ok(SearchHit {
                property: hit.property.into_property()?,
                calendar,
                position,
            })
        });
        hits.collect()
    })
}

/// The hits of a page and of the one after. Those of a large area are looked for among the most relevant properties
/// first, as they would all have to be sorted.
fn find_hits(
    conn: &mut AnyConnection,
    search: &PropertySearch,
    page: &PageRequest,
) -> Result<Vec<Hit>, TxError> {
    let wanted = fetch_limit(page);
    let mut find = |search: &PropertySearch| -> Result<Vec<Hit>, TxError> {
        let mut sql = Statement::for_connection(conn);
        write_search(&mut sql, search, page.after.as_deref(), wanted);
        Ok(sql.into_query().load(conn)?)
    };
    if let Some(first) = first_try(search) {
        let hits = find(&first)?;
        if i64::try_from(hits.len()) == Ok(wanted) {
            return Ok(hits);
        }
    }
    find(search)
}

/// The nights of the stays of a search, and of the preparation after them: the first one, and the date after the last.
fn nights(search: &PropertySearch) -> Option<(NaiveDate, NaiveDate)> {
    let of = |stay| Calendar::range_of(stay, StayRules::MOST_PREPARATION_NIGHTS);
    let all = search
        .stay
        .into_iter()
        .flat_map(|stay| stay.near(search.flexible_days));
    all.map(of)
        .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

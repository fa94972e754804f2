//! Finds properties: one statement, and two more for the calendars of the page.

use chrono::Days;
use diesel::prelude::*;
use diesel::sql_types::Double;
use sojourn_application::ports::{PropertySearch, SearchHit};
use sojourn_domain::shared::{Page, PageRequest};

use super::page::{cut, wanted};
use super::search_sql::statement;
use crate::calendar;
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::property_row::PropertyRow;
use crate::uuid_column::UuidColumn;

/// The most preparation nights that a property can have, and the day of check-out itself.
const DAYS_AFTER: u64 = 3;

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

/// A page of what is found.
pub(super) fn search(
    conn: &mut AnyConnection,
    search: &PropertySearch,
    page: &PageRequest,
) -> Result<Page<SearchHit>, TxError> {
    let query = statement(search, page.after.as_deref(), wanted(page)).into_query(conn);
    let hits: Vec<Hit> = query.load(conn)?;
    cut(hits, page, Hit::position, |hits| {
        let ids: Vec<UuidColumn> = hits.iter().map(|hit| hit.property.id).collect();
        let mut calendars = match search.stay {
            Some(stay) if !ids.is_empty() => {
                let end = stay.check_out().checked_add_days(Days::new(DAYS_AFTER));
                calendar::load(conn, &ids, stay.check_in(), end.unwrap_or(stay.check_out()))?
            }
            Some(_) | None => Default::default(),
        };
        let hits = hits.into_iter().map(|hit| {
            let (position, calendar) = (
                hit.position(),
                calendars.remove(&hit.property.id).unwrap_or_default(),
            );
            Ok(SearchHit {
                property: hit.property.property()?,
                calendar,
                position,
            })
        });
        hits.collect()
    })
}

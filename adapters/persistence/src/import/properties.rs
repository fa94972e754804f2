//! The import of properties.

use diesel::prelude::*;
use sojourn_domain::property::Property;
use sojourn_domain::shared::RepositoryError;

use super::existing::{MAX_ROWS, missing_ids, total};
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::property::row::PropertyRow;
use crate::property::search_columns::{SearchColumns, insert_search_rows};
use crate::schema::marketplace::properties;

/// Stores the new properties and returns their number.
pub(super) fn load_properties(conn: &mut AnyConnection, all: &[Property]) -> Result<u64, TxError> {
    let mut missing = missing_ids!(
        conn,
        properties,
        all.iter().map(|property| property.id.into()).collect()
    );
    let new: Vec<_> = all
        .iter()
        .filter(|property| missing.remove(&property.id.into()))
        .collect();
    for chunk in new.chunks(MAX_ROWS) {
        let rows = chunk.iter().map(|property| {
            Ok((
                PropertyRow::try_from_property(property)?,
                SearchColumns::from_details(&property.details),
            ))
        });
        let rows = rows.collect::<Result<Vec<_>, RepositoryError>>()?;
        insert_rows!(conn, properties::table, &rows)?;
        insert_search_rows(conn, chunk)?;
    }
    Ok(total(new.len()))
}

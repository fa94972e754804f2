//! The order of the hits of a search, and positions in it.

use sojourn_application::ports::{PropertySearch, SearchSort};
use uuid::Uuid;

use super::price::SearchPrice;
use crate::columns::uuid::UuidColumn;
use crate::query::statement::{Statement, Value};

/// The sort key of a search, and its direction.
pub(crate) struct Order {
    /// The expression of the sort key.
    pub(crate) key: String,
    descending: bool,
    /// True if the sort key is an integer.
    integer: bool,
}

impl Order {
    /// The order of a search with a price; `distance` is the expression of the squared distance, where it is near
    /// a point.
    pub(crate) fn of(search: &PropertySearch, distance: Option<&str>, price: &SearchPrice) -> Self {
        let by = |key: &str, descending, integer| Self {
            key: key.to_owned(),
            descending,
            integer,
        };
        let price = &price.after_discounts;
        let price = if search.host.is_some() {
            &format!("COALESCE({price}, 0)")
        } else {
            price
        };
        match (search.sort, distance) {
            (SearchSort::Price, _) => by(price, false, true),
            (SearchSort::PriceDescending, _) => by(price, true, true),
            (SearchSort::Rating, _) => by("p.rating", true, true),
            (SearchSort::Distance, Some(distance)) => by(distance, false, false),
            (SearchSort::Relevance | SearchSort::Distance, _) => by("p.relevance", true, true),
        }
    }

    /// The `ORDER BY` clause over an expression of the sort key and the ids of a table.
    pub(crate) fn by(&self, key: &str, table: &str) -> String {
        let direction = if self.descending { "DESC" } else { "ASC" };
        format!(" ORDER BY {key} {direction}, {table}.id {direction}")
    }

    /// Writes the condition that a hit comes after a position; none when the position was not issued by this server.
    pub(crate) fn write_after(&self, sql: &mut Statement, position: Option<&str>) {
        if let Some((key, id)) = position.and_then(|position| self.parse_position(position)) {
            let key = sql.value(key);
            let id = sql.value(Value::Id(id));
            let sign = if self.descending { '<' } else { '>' };
            let after = sql.is_after((&self.key, "p.id"), sign, (&key, &id));
            sql.push(&format!(" AND {after}"));
        }
    }

    fn parse_position(&self, position: &str) -> Option<(Value, UuidColumn)> {
        let (key, id) = position.split_once('|')?;
        let id = UuidColumn(Uuid::try_parse(id).ok()?);
        let key = if self.integer {
            Value::Long(key.parse().ok()?)
        } else {
            Value::Real(key.parse().ok()?)
        };
        Some((key, id))
    }
}

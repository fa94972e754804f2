//! Rows that cannot be restored and belong to no booking, or to one that is not read with them.

use diesel::prelude::*;
use sojourn_domain::ledger::{Finding, IntegrityCheck};
use sojourn_domain::shared::PropertyId;
use sojourn_domain::user::User;
use uuid::Uuid;

use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::property::row::PropertyRow;
use crate::review::row::ReviewRow;
use crate::schema::accounts::users;
use crate::schema::marketplace::{properties, reviews};
use crate::user::row::UserRow;

/// Rows of a statement.
const BATCH: i64 = 500;

/// Reads a table by its ids, and adds a finding for each row that is damaged.
macro_rules! check_rows {
    ($conn:ident, $findings:ident, $table:ident, $row:ty, $property:expr, $restore:expr) => {
        let mut after: Option<UuidColumn> = None;
        loop {
            let mut query = $table::table.select(<$row>::as_select()).into_boxed();
            if let Some(id) = after {
                query = query.filter($table::id.gt(id));
            }
            let rows: Vec<$row> = query.order($table::id).limit(BATCH).load($conn)?;
            let Some(last) = rows.last() else { break };
            after = Some(last.id);
            for row in rows {
                let property_id = $property(&row);
                if let Err(error) = $restore(row) {
                    $findings.push(Finding {
                        property_id,
                        booking_id: None,
                        check: IntegrityCheck::Damaged,
                        detail: error.to_string(),
                    });
                }
            }
        }
    };
}

/// Findings of damaged accounts, properties and reviews. One that is about no property has the nil
/// UUID as its property.
pub(super) fn find_damaged(conn: &mut AnyConnection) -> Result<Vec<Finding>, TxError> {
    let mut findings = Vec::new();
    let none = |_: &UserRow| PropertyId::new(Uuid::nil());
    check_rows!(conn, findings, users, UserRow, none, User::try_from);
    let own = |row: &PropertyRow| row.id.into();
    let restore = PropertyRow::into_property;
    check_rows!(conn, findings, properties, PropertyRow, own, restore);
    let reviewed = |row: &ReviewRow| row.property_id.into();
    let restore = ReviewRow::into_review;
    check_rows!(conn, findings, reviews, ReviewRow, reviewed, restore);
    Ok(findings)
}

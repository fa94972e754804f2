//! The import of the rules of nights and of the claims that belong to no booking.

use chrono::NaiveDate;
use sojourn_domain::property::{NightClaim, NightRules};
use sojourn_domain::shared::PropertyId;

use super::existing::{MAX_ROWS, total};
use crate::calendar::row::{ClaimRow, RulesRow};
use crate::dialect::macros::insert_new_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::marketplace::{booked_nights, calendar_rules};

/// Stores the new rules and returns their number.
pub(super) fn load_rules(
    conn: &mut AnyConnection,
    all: &[(PropertyId, NaiveDate, NightRules)],
) -> Result<u64, TxError> {
    let rules = all.iter().filter(|(_, _, rules)| !rules.is_empty());
    let rows: Vec<RulesRow> = rules
        .map(|(id, night, rules)| RulesRow::from_rules(*id, *night, rules))
        .collect();
    let mut inserted = 0;
    for rows in rows.chunks(MAX_ROWS) {
        inserted += insert_new_rows!(conn, calendar_rules::table, rows)?;
    }
    Ok(total(inserted))
}

/// Stores the claims on free nights and returns their number.
pub(super) fn load_claims(
    conn: &mut AnyConnection,
    all: &[(PropertyId, NightClaim)],
) -> Result<u64, TxError> {
    let mut rows: Vec<ClaimRow> = all
        .iter()
        .map(|(id, claim)| ClaimRow::from_claim(*id, claim))
        .collect();
    rows.sort_by_key(ClaimRow::key);
    let mut inserted = 0;
    for rows in rows.chunks(10 * MAX_ROWS) {
        inserted += insert_new_rows!(conn, booked_nights::table, rows)?;
    }
    Ok(total(inserted))
}

//! Checks of the integrity of the database: damaged rows, rows without their booking, and sums that do not agree.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use sojourn_domain::ledger::{Finding, IntegrityCheck};
use sojourn_domain::shared::PropertyId;
use uuid::Uuid;

use super::damaged_rows::find_damaged;
use super::integrity_searches::SEARCHES;
use crate::columns::uuid::{UuidColumn, UuidSql};
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::statement::Statement;

/// The most findings of each search.
const MAX_FINDINGS: i64 = 1000;

/// A finding; `named` is a row that it is about besides the booking.
#[derive(QueryableByName)]
struct FindingRow {
    #[diesel(sql_type = Nullable<UuidSql>)]
    property_id: Option<UuidColumn>,
    #[diesel(sql_type = Nullable<UuidSql>)]
    booking_id: Option<UuidColumn>,
    #[diesel(sql_type = Nullable<UuidSql>)]
    named: Option<UuidColumn>,
    #[diesel(sql_type = Text)]
    detail: String,
}

/// All findings. One that is about no property has the nil UUID as its property.
pub(crate) fn find_problems(conn: &mut AnyConnection) -> Result<Vec<Finding>, TxError> {
    let mut findings = find_damaged(conn)?;
    for (check, search) in SEARCHES {
        let mut sql = Statement::for_connection(conn);
        sql.push(&search(conn.dialect()));
        sql.limit(MAX_FINDINGS);
        let rows: Vec<FindingRow> = sql.into_query().load(conn)?;
        findings.extend(rows.into_iter().map(|row| row.into_finding(*check)));
    }
    Ok(findings)
}

impl FindingRow {
    fn into_finding(self, check: IntegrityCheck) -> Finding {
        let detail = match self.named {
            Some(named) => format!("{}: {}", named.0, self.detail),
            None => self.detail,
        };
        Finding {
            property_id: self
                .property_id
                .map_or(PropertyId::new(Uuid::nil()), Into::into),
            booking_id: self.booking_id.map(Into::into),
            check,
            detail,
        }
    }
}

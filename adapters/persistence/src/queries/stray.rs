//! What belongs to no booking, or does not agree with what it sums.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use sojourn_domain::ledger::{Check, Finding};
use sojourn_domain::shared::PropertyId;
use uuid::Uuid;

use super::sql::{Sql, Value};
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::uuid_column::{UuidColumn, UuidSql};

/// How many findings of a kind are told at most.
const MOST: i64 = 1000;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<UuidSql>)]
    property_id: Option<UuidColumn>,
    #[diesel(sql_type = Nullable<UuidSql>)]
    booking_id: Option<UuidColumn>,
    #[diesel(sql_type = Nullable<UuidSql>)]
    named: Option<UuidColumn>,
    #[diesel(sql_type = Text)]
    detail: String,
}

/// What is looked for; each selects property, booking, what is named besides, and what is wrong with it.
const SEARCHES: &[(Check, &str)] = &[
    (
        Check::Rating,
        "SELECT p.id AS property_id, NULL AS booking_id, NULL AS named, \
         'rated ' || p.rating_sum || ' in ' || p.rating_count || ', reviewed ' || COALESCE(SUM(r.overall), 0) || \
         ' in ' || COUNT(r.id) AS detail FROM properties p LEFT JOIN reviews r ON r.property_id = p.id \
         AND r.subject = 'property' AND r.published_at IS NOT NULL GROUP BY p.id, p.rating_sum, p.rating_count \
         HAVING p.rating_sum <> COALESCE(SUM(r.overall), 0) OR p.rating_count <> COUNT(r.id) ORDER BY p.id",
    ),
    (
        Check::Rating,
        "SELECT NULL AS property_id, NULL AS booking_id, u.id AS named, \
         'as a guest rated ' || u.rating_sum || ' in ' || u.rating_count || ', reviewed ' || \
         COALESCE(SUM(r.overall), 0) || ' in ' || COUNT(r.id) AS detail FROM users u \
         LEFT JOIN reviews r ON r.addressee_id = u.id AND r.subject = 'guest' AND r.published_at IS NOT NULL \
         GROUP BY u.id, u.rating_sum, u.rating_count \
         HAVING u.rating_sum <> COALESCE(SUM(r.overall), 0) OR u.rating_count <> COUNT(r.id) ORDER BY u.id",
    ),
    (
        Check::Stray,
        "SELECT n.property_id, n.booking_id, NULL AS named, \
         'night ' || CAST(n.night AS TEXT) || ' is ' || n.kind || ' for no booking' AS detail FROM booked_nights n \
         LEFT JOIN bookings b ON b.property_id = n.property_id AND b.id = n.booking_id \
         WHERE b.id IS NULL AND (n.booking_id IS NOT NULL OR n.kind NOT IN ('blocked', 'imported')) \
         ORDER BY n.property_id, n.night",
    ),
    (
        Check::Stray,
        "SELECT j.property_id, j.booking_id, j.source AS named, \
         'posted as ' || j.cause || ' for no booking of this host' AS detail FROM journal j \
         LEFT JOIN bookings b ON b.property_id = j.property_id AND b.id = j.booking_id AND b.host_id = j.host_id \
         WHERE b.id IS NULL ORDER BY j.property_id, j.booking_id",
    ),
    (
        Check::Stray,
        "SELECT p.property_id, p.booking_id, p.id AS named, 'a payment of no booking that knows it' AS detail \
         FROM payments p LEFT JOIN bookings b \
         ON b.property_id = p.property_id AND b.id = p.booking_id AND b.payment_id = p.id \
         WHERE b.id IS NULL ORDER BY p.property_id, p.id",
    ),
    (
        Check::Stray,
        "SELECT b.property_id, b.id AS booking_id, b.payment_id AS named, 'a payment that is not there' AS detail \
         FROM bookings b LEFT JOIN payments p \
         ON p.property_id = b.property_id AND p.booking_id = b.id AND p.id = b.payment_id \
         WHERE b.payment_id IS NOT NULL AND p.id IS NULL ORDER BY b.property_id, b.id",
    ),
    (
        Check::Stray,
        "SELECT o.property_id, o.booking_id, o.id AS named, 'a payout to another than its host' AS detail \
         FROM payouts o JOIN payments p ON p.property_id = o.property_id AND p.id = o.payment_id \
         LEFT JOIN bookings b ON b.property_id = p.property_id AND b.id = p.booking_id AND b.id = o.booking_id \
         AND b.host_id = o.host_id WHERE b.id IS NULL ORDER BY o.property_id, o.id",
    ),
    (
        Check::Balance,
        "SELECT NULL AS property_id, NULL AS booking_id, NULL AS named, 'the journal sums to ' || \
         SUM(guest_receivable + processor_cash + host_payable + platform_revenue + tax_payable) || ' ' || currency \
         AS detail FROM journal GROUP BY currency \
         HAVING SUM(guest_receivable + processor_cash + host_payable + platform_revenue + tax_payable) <> 0 \
         ORDER BY currency",
    ),
];

/// Everything that is found. What is of no property names the nil UUID for one.
pub(super) fn findings(conn: &mut AnyConnection) -> Result<Vec<Finding>, TxError> {
    let mut findings = Vec::new();
    for (check, search) in SEARCHES {
        let mut sql = Sql::default();
        let limit = sql.value(Value::Long(MOST));
        sql.push(&format!("{search} LIMIT {limit}"));
        let rows: Vec<Row> = sql.into_query(conn).load(conn)?;
        findings.extend(rows.into_iter().map(|row| row.finding(*check)));
    }
    Ok(findings)
}

impl Row {
    fn finding(self, check: Check) -> Finding {
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

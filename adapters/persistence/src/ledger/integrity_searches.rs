//! The statements that search for violations of integrity. Each selects a property, a booking, another row that it is
//! about, and a description.

use sojourn_domain::ledger::IntegrityCheck;

use crate::dialect::definition::{Dialect, SqlType};

type Search = fn(&dyn Dialect) -> String;

/// All searches.
pub(super) const SEARCHES: &[(IntegrityCheck, Search)] = &[
    (IntegrityCheck::Rating, property_ratings),
    (IntegrityCheck::Rating, guest_ratings),
    (IntegrityCheck::Orphaned, claims_without_booking),
    (IntegrityCheck::Orphaned, entries_without_booking),
    (IntegrityCheck::Orphaned, payments_without_booking),
    (IntegrityCheck::Orphaned, bookings_without_payment),
    (IntegrityCheck::Orphaned, payouts_to_others),
    (IntegrityCheck::Balance, unbalanced_journal),
];

fn property_ratings(dialect: &dyn Dialect) -> String {
    let detail = rating_detail(dialect, "'rating'", "p");
    format!(
        "SELECT p.id AS property_id, NULL AS booking_id, NULL AS named, {detail} AS detail \
         FROM properties p LEFT JOIN reviews r ON r.property_id = p.id \
         AND r.subject = 'property' AND r.published_at IS NOT NULL AND r.counted GROUP BY p.id, p.rating_sum, p.rating_count \
         HAVING p.rating_sum <> COALESCE(SUM(r.overall), 0) OR p.rating_count <> COUNT(r.id) ORDER BY p.id"
    )
}

fn guest_ratings(dialect: &dyn Dialect) -> String {
    let detail = rating_detail(dialect, "'rating as a guest'", "u");
    format!(
        "SELECT NULL AS property_id, NULL AS booking_id, u.id AS named, {detail} AS detail FROM users u \
         LEFT JOIN reviews r ON r.addressee_id = u.id AND r.subject = 'guest' AND r.published_at IS NOT NULL \
         GROUP BY u.id, u.rating_sum, u.rating_count \
         HAVING u.rating_sum <> COALESCE(SUM(r.overall), 0) OR u.rating_count <> COUNT(r.id) ORDER BY u.id"
    )
}

fn rating_detail(dialect: &dyn Dialect, what: &str, table: &str) -> String {
    dialect.concat(&[
        what,
        "' sums to '",
        &format!("{table}.rating_sum"),
        "' in '",
        &format!("{table}.rating_count"),
        "' reviews, but the published reviews sum to '",
        "COALESCE(SUM(r.overall), 0)",
        "' in '",
        "COUNT(r.id)",
    ])
}

fn claims_without_booking(dialect: &dyn Dialect) -> String {
    let night = dialect.cast("n.night", SqlType::Text);
    let detail = dialect.concat(&[
        "'night '",
        &night,
        "' is '",
        "n.kind",
        "' by a booking that does not exist'",
    ]);
    format!(
        "SELECT n.property_id, n.booking_id, NULL AS named, {detail} AS detail FROM booked_nights n \
         LEFT JOIN bookings b ON b.property_id = n.property_id AND b.id = n.booking_id \
         WHERE b.id IS NULL AND (n.booking_id IS NOT NULL OR n.kind NOT IN ('blocked', 'imported')) \
         ORDER BY n.property_id, n.night"
    )
}

fn entries_without_booking(dialect: &dyn Dialect) -> String {
    let detail = dialect.concat(&[
        "'journal entry of kind '",
        "j.cause",
        "' belongs to no booking of its host'",
    ]);
    format!(
        "SELECT j.property_id, j.booking_id, j.source AS named, {detail} AS detail FROM journal j \
         LEFT JOIN bookings b ON b.property_id = j.property_id AND b.id = j.booking_id AND b.host_id = j.host_id \
         WHERE b.id IS NULL ORDER BY j.property_id, j.booking_id"
    )
}

fn payments_without_booking(_: &dyn Dialect) -> String {
    "SELECT p.property_id, p.booking_id, p.id AS named, 'payment is not that of its booking' AS detail \
     FROM payments p LEFT JOIN bookings b \
     ON b.property_id = p.property_id AND b.id = p.booking_id AND b.payment_id = p.id \
     WHERE b.id IS NULL ORDER BY p.property_id, p.id"
        .to_owned()
}

fn bookings_without_payment(_: &dyn Dialect) -> String {
    "SELECT b.property_id, b.id AS booking_id, b.payment_id AS named, 'payment does not exist' AS detail \
     FROM bookings b LEFT JOIN payments p \
     ON p.property_id = b.property_id AND p.booking_id = b.id AND p.id = b.payment_id \
     WHERE b.payment_id IS NOT NULL AND p.id IS NULL ORDER BY b.property_id, b.id"
        .to_owned()
}

fn payouts_to_others(_: &dyn Dialect) -> String {
    "SELECT o.property_id, o.booking_id, o.id AS named, 'payout is not to the host of its booking' AS detail \
     FROM payouts o JOIN payments p ON p.property_id = o.property_id AND p.id = o.payment_id \
     LEFT JOIN bookings b ON b.property_id = p.property_id AND b.id = p.booking_id AND b.id = o.booking_id \
     AND b.host_id = o.host_id WHERE b.id IS NULL ORDER BY o.property_id, o.id"
        .to_owned()
}

fn unbalanced_journal(dialect: &dyn Dialect) -> String {
    let sum =
        "SUM(guest_receivable + processor_cash + host_payable + platform_revenue + tax_payable)";
    let detail = dialect.concat(&["'the journal sums to '", sum, "' '", "currency"]);
    format!(
        "SELECT NULL AS property_id, NULL AS booking_id, NULL AS named, {detail} AS detail FROM journal \
         GROUP BY currency HAVING {sum} <> 0 ORDER BY currency"
    )
}

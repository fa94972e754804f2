//! The named constraints of the schema that callers can act on.

use diesel::result::{DatabaseErrorKind, Error};

use crate::dialect::backends;

/// A named constraint, and the meaning of its violation.
pub(crate) struct ConstraintMapping {
    /// The name, the same in every schema.
    pub(crate) name: &'static str,
    /// The columns, by which SQLite reports it.
    pub(crate) columns: &'static str,
    /// The meaning of a violation.
    pub(crate) kind: ConstraintKind,
}

/// The meaning of a violated constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConstraintKind {
    /// A row with this natural key exists (an e-mail address, a booking's payment or review).
    Exists,
    /// Other claims hold some of the nights; the caller looks up which.
    NightsTaken,
}

/// All constraints that callers can act on. Any other is violated only by a defect.
pub(crate) const CONSTRAINTS: &[ConstraintMapping] = &[
    ConstraintMapping {
        name: "users_email_key",
        columns: "users.email_key",
        kind: ConstraintKind::Exists,
    },
    ConstraintMapping {
        name: "second_factors_pkey",
        columns: "second_factors.user_id",
        kind: ConstraintKind::Exists,
    },
    ConstraintMapping {
        name: "payments_booking_key",
        columns: "payments.property_id, payments.booking_id",
        kind: ConstraintKind::Exists,
    },
    ConstraintMapping {
        name: "reviews_booking_key",
        columns: "reviews.booking_id, reviews.subject",
        kind: ConstraintKind::Exists,
    },
    ConstraintMapping {
        name: "booked_nights_pkey",
        columns: "booked_nights.property_id, booked_nights.night",
        kind: ConstraintKind::NightsTaken,
    },
];

/// The meaning of the constraint that a statement violated.
pub(crate) fn violated_constraint(error: &Error) -> Option<ConstraintKind> {
    let Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) = error else {
        return None;
    };
    CONSTRAINTS
        .iter()
        .find(|it| {
            backends::ALL
                .iter()
                .any(|dialect| dialect.is_violation(info.as_ref(), it.name, it.columns))
        })
        .map(|it| it.kind)
}

//! The effects of keyed requests, counted in the tables, and the answers that a first try can have.

use std::collections::BTreeMap;

use sojourn_tests::{Answer, TestDatabase};

use crate::keyed_posts::cases::Case;
use crate::security::support::raw_tables::query_text;

/// Numbers of rows that requests add, by name.
pub struct Effects(BTreeMap<&'static str, i64>);

/// Tables or parts of tables, by the name of the number of their rows.
const COUNTS: [(&str, &str); 7] = [
    ("bookings", "bookings"),
    ("properties", "properties"),
    ("reviews", "reviews"),
    ("users", "users"),
    ("payments", "payments"),
    ("audit lines", "audit_log WHERE action <> 'logged_in'"),
    (
        "refunds of 1.00",
        "payment_entries WHERE kind = 'refund' AND amount = 100",
    ),
];

impl Effects {
    pub fn of(database: &TestDatabase) -> Self {
        let count = |from: &str| -> i64 {
            let query = format!("SELECT CAST(count(*) AS TEXT) AS line FROM {from}");
            query_text(database, &query)[0].parse().unwrap()
        };
        Self(COUNTS.map(|(name, from)| (name, count(from))).into())
    }

    pub fn since(mut self, before: &Self) -> Self {
        for (name, count) in &mut self.0 {
            *count -= before.0[name];
        }
        self
    }

    /// Asserts that each request had its effect exactly once. A payment whose hold expires before it is begun has none.
    pub fn assert_once<'a>(&self, cases: impl Iterator<Item = &'a Case>) {
        let mut expected: BTreeMap<&str, i64> = COUNTS.map(|(name, _)| (name, 0)).into();
        for case in cases {
            for name in effects_of(case) {
                *expected.get_mut(name).unwrap() += 1;
            }
        }
        for (name, added) in &self.0 {
            let expected = expected[name];
            let may_be_less = *name == "payments";
            let fits = *added == expected || may_be_less && *added < expected;
            assert!(fits, "{added} {name} were added, not {expected}");
        }
    }
}

/// The rows that a request adds.
fn effects_of(case: &Case) -> &'static [&'static str] {
    match (case.operation, case.variant) {
        ("create_booking", _) => &["bookings"],
        ("create_property", _) => &["properties"],
        ("create_review", _) => &["reviews"],
        ("register_user", "") => &["users"],
        ("create_payment", _) => &["payments"],
        ("refund_payment" | "give_refund", _) => &["refunds of 1.00", "audit lines"],
        (
            "cancel_any_booking" | "waive_debt" | "suspend_property" | "reinstate_property"
            | "suspend_account" | "reinstate_account" | "reset_totp" | "retry_job" | "discard_job",
            _,
        ) => &["audit lines"],
        _ => &[],
    }
}

/// Asserts that a first try could have had the answer: the usual one, or that a hold has expired once it has.
pub fn assert_answer(case: &Case, answer: &Answer, holds_expired: bool) {
    let key = case.key();
    if answer.status == case.status {
        return;
    }
    assert_eq!(
        (case.operation, holds_expired),
        ("create_payment", true),
        "{key}: {answer:?}"
    );
    assert_eq!(answer.status, 409, "{key}: {answer:?}");
    let code = answer.at("/code");
    assert!(
        matches!(code.as_str(), "hold_expired" | "wrong_state"),
        "{key}: {answer:?}"
    );
}

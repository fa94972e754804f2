//! A second, plain implementation of prices, refunds and alterations, written from the page of the domain rules and not
//! from the code, and compared with the code on random cases.
//!
//! `SOJOURN_ORACLE_CASES` sets the number of cases of each comparison, for instance 100000 in release.
#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and names speak for themselves"
)]

mod cases;
mod differential;
mod listing;
mod pricing;
mod refunds;
mod rounding;

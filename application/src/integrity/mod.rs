//! Integrity of the stored data.

mod check;

pub use check::{IntegrityReport, check};

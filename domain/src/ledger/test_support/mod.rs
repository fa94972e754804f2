//! A simulated marketplace for the tests of the ledger.

pub(super) mod scenarios;
pub(crate) mod simulation;
mod simulation_books;

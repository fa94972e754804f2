//! Databases and things to store in them, for the tests of this crate.

pub(crate) mod databases;
pub(crate) mod marketplace;

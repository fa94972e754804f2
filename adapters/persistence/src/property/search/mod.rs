//! The search for properties.

pub(crate) mod availability;
pub(crate) mod conditions;
pub(crate) mod currencies;
pub(crate) mod dates;
pub(crate) mod distance;
pub(crate) mod order;
pub(crate) mod place_columns;
pub(crate) mod places;
pub(crate) mod price;
pub(crate) mod queries;
pub(crate) mod reach;
pub(crate) mod statement;
pub(crate) mod summary;

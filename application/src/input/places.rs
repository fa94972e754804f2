//! Searches for places.

use sojourn_domain::shared::Violations;

use crate::place::PlaceSearch;

/// Most places of an answer.
const MAX_PLACES: u32 = 20;

/// Longest prefix, in characters.
const MAX_PREFIX: usize = 100;

/// The search for cities that begin with a prefix. A violation of the limit names the parameter given.
///
/// # Errors
/// The violations.
pub fn place_search(
    prefix: &str,
    limit: u32,
    limit_pointer: &str,
) -> Result<PlaceSearch, Violations> {
    let mut found = Violations::new();
    found.line("/prefix", prefix, MAX_PREFIX);
    let in_range = (1..=MAX_PLACES).contains(&limit);
    found.require(
        in_range,
        limit_pointer,
        "out_of_range",
        "must be from 1 to 20",
    );
    found.into_result(PlaceSearch {
        prefix: prefix.to_owned(),
        limit,
    })
}

//! Wish lists in requests.

use serde::Deserialize;
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

use crate::wire::merge_patch::{double_option, non_null};

/// A new wish list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WishlistInput {
    /// Name of the list.
    #[schema(min_length = 1, max_length = 100, example = "Lakes")]
    pub name: String,
}

/// Merge patch of a wish list: absent fields stay unchanged.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WishlistPatch {
    /// Name of the list.
    #[serde(default, deserialize_with = "double_option")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100, example = "Lakes")]
    name: Option<Option<String>>,
}

/// A property to save.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WishlistItemInput {
    /// Note on the property; none if absent or null.
    #[schema(min_length = 1, max_length = 500, example = "Close to the station")]
    pub note: Option<String>,
}

impl WishlistPatch {
    /// The new name, if there is one.
    pub fn parse(self) -> Result<Option<String>, Violations> {
        let mut found = Violations::new();
        let name = non_null(&mut found, "/name", self.name);
        found.into_result(name)
    }
}

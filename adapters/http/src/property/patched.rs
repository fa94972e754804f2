//! Lays a JSON Merge Patch over what there is.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sojourn_domain::shared::Violations;

use crate::extract::decode;
use crate::merge_patch::merge;

/// What `current` becomes under the patch, or everything in it that cannot be read.
pub fn patched<T: Serialize + DeserializeOwned>(current: &T, patch: &Value) -> Result<T, Violations> {
    let mut found = Violations::new();
    if !patch.is_object() {
        found.add("", "wrong_type", "must be an object");
        return Err(found);
    }
    let mut value = serde_json::to_value(current).map_err(|error| {
        found.add("", "invalid", error.to_string());
        found
    })?;
    merge(&mut value, patch);
    decode(value)
}

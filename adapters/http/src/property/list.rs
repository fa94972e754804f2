//! Pages of properties and nights, as schemas.

use serde::Serialize;
use utoipa::ToSchema;

use super::dto::PropertyDto;

/// A page of properties.
#[derive(Debug, Serialize, ToSchema)]
pub struct PropertyList {
    /// The rows.
    pub data: Vec<PropertyDto>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

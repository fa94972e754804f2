//! Pages of properties.

use serde::Serialize;
use utoipa::ToSchema;

use super::dto::PropertyDto;

/// A page of properties.
#[derive(Debug, Serialize, ToSchema)]
pub struct PropertyList {
    /// Items on this page.
    pub data: Vec<PropertyDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

//! The operations of operators in the OpenAPI document.

use utoipa::OpenApi;

use super::ledger;

/// The operations of operators.
#[derive(Debug, OpenApi)]
#[openapi(
    paths(ledger::get_ledger),
    tags((name = "admin", description = "For operators alone"))
)]
pub struct AdminApi;

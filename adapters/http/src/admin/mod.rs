//! What operators alone may see, over HTTP.

mod api;
mod ledger;
mod ledger_dto;
mod routes;

pub use api::AdminApi;
pub use routes::routes;

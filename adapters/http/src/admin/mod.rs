//! Admin operations over HTTP.

mod account_dto;
mod api;
mod audit_dto;
mod audit_log;
mod cache;
mod cache_dto;
mod cancel_booking;
mod change_user;
mod get_user;
mod give_refund;
mod ledger;
mod ledger_dto;
mod list_bookings;
mod list_properties;
mod list_refunds;
mod list_users;
mod reason;
mod refund_dto;
mod refused;
mod reinstate_property;
mod reinstate_user;
mod reset_second_factor;
mod routes;
mod suspend_property;
mod suspend_user;

pub use api::AdminApi;
pub use routes::routes;

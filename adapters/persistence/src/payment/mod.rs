//! Payments, their entries and their calls to the gateway.

pub(crate) mod borne_by;
pub(crate) mod call_row;
pub(crate) mod entry_row;
pub(crate) mod load;
pub(crate) mod queries;
pub(crate) mod refunds;
pub(crate) mod row;
pub(crate) mod store;

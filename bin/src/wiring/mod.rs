//! Which adapter stands behind which port.

mod database;
mod ports;
mod shared;
mod state;

pub(crate) use database::database;
pub(crate) use ports::{Fittings, clock, ports, terms};
pub(crate) use shared::Shared;
pub(crate) use state::state;

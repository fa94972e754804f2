//! Payment gateways: the simulated one.

mod gateway_state;
mod journal_file;
mod record;
mod reference;
mod simulated_card;
mod simulated_gateway;
#[cfg(test)]
mod tests;

pub use reference::reference_for_import;
pub use simulated_gateway::{GatewayEvent, SimulatedGateway};

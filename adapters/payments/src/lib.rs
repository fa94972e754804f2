//! Payment gateways: the simulated one.

mod book;
mod card;
mod line;
mod reference;
mod rules;
mod simulated;
#[cfg(test)]
mod tests;

pub use reference::paid_before;
pub use simulated::{Heard, SimulatedGateway};

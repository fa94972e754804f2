//! Payment gateways: the simulated one.

mod simulated;

pub use simulated::SimulatedGateway;

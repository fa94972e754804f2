//! Payment gateways: the simulated one.

//! Ports for unit tests: mocks, and repositories in memory.

pub(crate) mod in_memory;
pub(crate) mod marketplace;
pub(crate) mod rounds;
pub(crate) mod test_ports;

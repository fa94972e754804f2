//! What people may do. One verb, one file: each loads, asks the pure domain, and commits.

pub mod ports;

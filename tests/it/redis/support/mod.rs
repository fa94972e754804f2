//! Shared by the Redis tests.

pub mod cache_reader;
pub mod cluster;
pub mod fixtures;
pub mod latency_proxy;
pub mod latency_report;
pub mod load;
pub mod load_client;
pub mod visibility;

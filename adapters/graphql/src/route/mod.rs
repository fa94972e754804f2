//! GraphQL over HTTP.

mod answer;
mod event_stream;
mod execute;
mod idempotency;
mod media;
mod params;
mod response_cache;
mod transport;

pub(crate) use transport::serve;

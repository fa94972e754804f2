//! Observation of responses, for monitoring.

use std::time::Duration;

use async_trait::async_trait;

/// A response, described by words of which there are few.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    /// The method of the request.
    pub method: &'a str,
    /// The path with the names of its variables, or `documentation` or `unknown`.
    pub route: &'a str,
    /// The status of the response.
    pub status: u16,
    /// Time from the head of the request to the response.
    pub took: Duration,
}

/// Receives a note of every response.
#[async_trait]
pub trait Observer: Send + Sync {
    /// Notes a response.
    fn answered(&self, response: Answered<'_>);

    /// The metrics to show on this server; `None` if it shows none.
    async fn metrics(&self) -> Option<String>;
}

/// Observes nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unobserved;

#[async_trait]
impl Observer for Unobserved {
    fn answered(&self, _: Answered<'_>) {}

    async fn metrics(&self) -> Option<String> {
        None
    }
}

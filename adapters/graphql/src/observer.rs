//! Observation of operations, for monitoring.

use std::time::Duration;

/// The outcome of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Every field was resolved.
    Succeeded,
    /// A field failed.
    Failed,
    /// The document was not accepted.
    Refused,
}

impl Outcome {
    /// The word of the outcome.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Refused => "refused",
        }
    }
}

/// An operation, described by words of which there are few.
#[derive(Debug, Clone, Copy)]
pub struct Executed<'a> {
    /// The field of `Query`, `Mutation` or `Subscription`, `several` for an operation with more than one, and `none`
    /// for a document that was not accepted. No text of a client is one.
    pub field: &'a str,
    /// The outcome.
    pub outcome: Outcome,
    /// Time from the parsed document to the answer.
    pub took: Duration,
}

/// Receives a note of every operation.
pub trait Observer: Send + Sync {
    /// Notes an operation.
    fn executed(&self, operation: Executed<'_>);

    /// Notes the number of open subscriptions.
    fn subscribed(&self, open: usize);
}

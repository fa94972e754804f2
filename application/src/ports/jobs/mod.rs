//! Background work: queued jobs, work that follows from stored data, its failures, and the workers.

mod admin;
mod backoff;
mod due_work;
mod kind;
mod queue;
mod workers;

pub use admin::{JobAction, JobAdmin, JobChange, JobFilter, JobPayload, JobRecord, JobStatus};
pub use backoff::Backoff;
pub use due_work::{ANSWER_TIMEOUT, DueSubject, DueWork, REFUND_RETRY_DELAY};
pub use kind::JobKind;
pub use queue::{Job, JobQueue};
pub use workers::{Heartbeat, WorkerActivity, WorkerRegistry};
#[cfg(feature = "mocks")]
pub use {
    admin::MockJobAdmin, due_work::MockDueWork, queue::MockJobQueue, workers::MockWorkerRegistry,
};

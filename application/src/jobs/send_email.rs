//! Sending queued mails.

use std::collections::HashSet;

use async_trait::async_trait;
use chrono::TimeDelta;
use futures_util::future::pending;
use sojourn_domain::shared::{JobId, RepositoryError};
use uuid::Uuid;

use crate::jobs::emails::render_email;
use crate::jobs::work::{Work, WorkError, WorkItem};
use crate::ports::{Backoff, Job, JobKind, Ports};

/// A failed mail is retried after 15 s, 30 s, 1 min …, ten attempts in all.
const BACKOFF: Backoff = Backoff {
    first: TimeDelta::seconds(15),
    longest: TimeDelta::hours(6),
    attempts: Some(10),
};

/// Sends queued mails, each to one recipient.
pub struct EmailWork {
    ports: Ports,
    public_url: String,
}

impl EmailWork {
    /// Links in mails begin with `public_url`.
    #[must_use]
    pub const fn new(ports: Ports, public_url: String) -> Self {
        Self { ports, public_url }
    }
}

#[async_trait]
impl Work for EmailWork {
    fn kind(&self) -> JobKind {
        JobKind::Email
    }

    async fn take(
        &self,
        limit: usize,
        _running: &HashSet<Uuid>,
    ) -> Result<Vec<WorkItem>, RepositoryError> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let jobs = self.ports.jobs.take(limit, self.ports.clock.now()).await?;
        Ok(jobs.into_iter().map(WorkItem::Queued).collect())
    }

    async fn attempt(&self, item: &WorkItem) -> Result<(), WorkError> {
        let WorkItem::Queued(job) = item else {
            return Err(WorkError::Failed("not a queued job".to_owned()));
        };
        let Some(mail) = render_email(&self.ports, job, &self.public_url).await? else {
            return Ok(());
        };
        let sent = self.ports.mailer.send(mail).await;
        sent.map_err(|error| WorkError::Failed(error.to_string()))
    }

    async fn record(
        &self,
        item: WorkItem,
        outcome: Result<(), WorkError>,
    ) -> Result<(), RepositoryError> {
        let WorkItem::Queued(job) = item else {
            return Ok(());
        };
        match outcome {
            Ok(()) => self.ports.jobs.done(job.id).await,
            Err(error) => reschedule(&self.ports, job, &error).await,
        }
    }

    async fn renew(&self, running: &HashSet<Uuid>) -> Result<(), RepositoryError> {
        let jobs = running.iter().copied().map(JobId::new).collect();
        self.ports.jobs.renew(jobs, self.ports.clock.now()).await
    }

    async fn wake(&self) {
        pending::<()>().await;
    }
}

async fn reschedule(ports: &Ports, job: Job, error: &WorkError) -> Result<(), RepositoryError> {
    let attempts = job.attempts.saturating_add(1);
    let retry_at = BACKOFF.retry_at(attempts, ports.clock.now());
    tracing::warn!(job = %job.id, attempts, set_aside = retry_at.is_none(), %error, "mail could not be sent");
    ports.jobs.failed(job, error.to_string(), retry_at).await
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::Notification;

    use super::*;
    use crate::ports::MailError;
    use crate::test_support::test_ports::{TestPorts, now, unverified};

    fn job(attempts: u32) -> WorkItem {
        let user_id = unverified().id;
        let id = JobId::new(Uuid::from_u128(5));
        WorkItem::Queued(Job {
            id,
            origin: id,
            notice: Notification::VerifyEmail {
                user_id,
                registered_at: None,
            },
            recipient: None,
            attempts,
        })
    }

    fn test_ports() -> TestPorts {
        let mut ports = TestPorts::new();
        ports
            .users
            .expect_get()
            .returning(|_| Ok(Some(unverified())));
        ports
            .one_time_tokens
            .expect_keep()
            .times(1)
            .returning(|_, _, _, _| Ok(true));
        ports
    }

    fn work(ports: TestPorts) -> EmailWork {
        EmailWork::new(ports.ports(), "https://sojourn.example/".to_owned())
    }

    #[tokio::test]
    async fn the_link_carries_a_new_token() {
        let mut ports = test_ports();
        let link = "\nhttps://sojourn.example/verify-email?token=secret 1\n";
        ports
            .mailer
            .expect_send()
            .withf(move |mail| mail.text.contains(link))
            .times(1)
            .returning(|_| Ok(()));
        ports.jobs.expect_done().times(1).returning(|_| Ok(()));
        let work = work(ports);
        let outcome = work.attempt(&job(0)).await;
        assert_eq!(outcome, Ok(()));
        assert_eq!(work.record(job(0), outcome).await, Ok(()));
    }

    #[tokio::test]
    async fn failed_mails_back_off_exponentially_for_ten_attempts() {
        for (attempts, wait) in [(0, Some(15)), (3, Some(120)), (9, None)] {
            let mut ports = test_ports();
            let retry_at = wait.map(|seconds| now() + TimeDelta::seconds(seconds));
            ports
                .mailer
                .expect_send()
                .returning(|_| Err(MailError("away".into())));
            ports
                .jobs
                .expect_failed()
                .withf(move |_, error, at| error.contains("away") && *at == retry_at)
                .times(1)
                .returning(|_, _, _| Ok(()));
            let work = work(ports);
            let outcome = work.attempt(&job(attempts)).await;
            assert_eq!(work.record(job(attempts), outcome).await, Ok(()));
        }
    }
}

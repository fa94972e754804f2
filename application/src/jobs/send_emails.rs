//! Sending queued mails.

use chrono::TimeDelta;
use sojourn_domain::shared::RepositoryError;

use super::emails::render_emails;
use crate::ports::{Job, Ports};

/// Maximum number of jobs per round: all must be sent before their lease ends.
const BATCH_SIZE: u32 = 20;

/// Maximum number of attempts, after which the job is marked as failed permanently.
const MAX_ATTEMPTS: u32 = 10;

/// Delay after the first failure; doubled after each further one.
const INITIAL_BACKOFF: TimeDelta = TimeDelta::seconds(15);

/// Sends the due mails. A failed mail is retried after 15 s, 30 s, 1 min …, ten attempts in all.
///
/// # Errors
/// [`RepositoryError`] of the queue itself.
pub async fn send_emails(ports: &Ports, public_url: &str) -> Result<usize, RepositoryError> {
    let jobs = ports.jobs.take(BATCH_SIZE, ports.clock.now()).await?;
    let taken = jobs.len();
    for job in jobs {
        match send(ports, &job, public_url).await {
            Ok(()) => ports.jobs.done(job.id).await?,
            Err(error) => reschedule(ports, &job, error).await?,
        }
    }
    Ok(taken)
}

async fn send(ports: &Ports, job: &Job, public_url: &str) -> Result<(), String> {
    for mail in render_emails(ports, job, public_url)
        .await
        .map_err(|error| error.to_string())?
    {
        ports
            .mailer
            .send(mail)
            .await
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

async fn reschedule(ports: &Ports, job: &Job, error: String) -> Result<(), RepositoryError> {
    let attempts = job.attempts + 1;
    tracing::warn!(job = %job.id, attempts, %error, "mail could not be sent");
    let backoff = INITIAL_BACKOFF * 2_i32.saturating_pow(job.attempts.min(MAX_ATTEMPTS));
    let retry_at = (attempts < MAX_ATTEMPTS).then(|| ports.clock.now() + backoff);
    ports.jobs.failed(job.id, error, retry_at).await
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::{JobId, Notification};
    use uuid::Uuid;

    use super::*;
    use crate::ports::MailError;
    use crate::test_support::test_ports::{TestPorts, now, unverified};

    fn ports_with_job(attempts: u32) -> TestPorts {
        let mut ports = TestPorts::new();
        let notice = Notification::VerifyEmail {
            user_id: unverified().id,
        };
        let job = Job {
            id: JobId::new(Uuid::from_u128(5)),
            notice,
            attempts,
        };
        ports
            .jobs
            .expect_take()
            .returning(move |_, _| Ok(vec![job.clone()]));
        ports
            .users
            .expect_get()
            .returning(|_| Ok(Some(unverified())));
        ports
            .one_time_tokens
            .expect_keep()
            .times(1)
            .returning(|_, _, _, _| Ok(()));
        ports
    }

    #[tokio::test]
    async fn the_link_carries_a_new_token() {
        let mut ports = ports_with_job(0);
        let link = "\nhttps://sojourn.example/verify-email?token=secret 1\n";
        ports
            .mailer
            .expect_send()
            .withf(move |mail| mail.text.contains(link))
            .times(1)
            .returning(|_| Ok(()));
        ports.jobs.expect_done().times(1).returning(|_| Ok(()));
        assert_eq!(
            send_emails(&ports.ports(), "https://sojourn.example/").await,
            Ok(1)
        );
    }

    #[tokio::test]
    async fn failed_mails_back_off_exponentially_for_ten_attempts() {
        for (attempts, wait) in [(0, Some(15)), (3, Some(120)), (9, None)] {
            let mut ports = ports_with_job(attempts);
            let retry_at = wait.map(|seconds| now() + TimeDelta::seconds(seconds));
            ports
                .mailer
                .expect_send()
                .returning(|_| Err(MailError("away".into())));
            ports
                .jobs
                .expect_failed()
                .withf(move |_, _, at| *at == retry_at)
                .times(1)
                .returning(|_, _, _| Ok(()));
            assert_eq!(
                send_emails(&ports.ports(), "https://sojourn.example").await,
                Ok(1)
            );
        }
    }
}

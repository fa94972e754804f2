//! The queue of jobs.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{Job, JobKind, JobQueue};
use sojourn_domain::shared::{JobId, RepositoryError};

use crate::columns::uuid::UuidColumn;
use crate::columns::{text, timestamp};
use crate::engine::database::Database;
use crate::job::lease::{LEASE, lease_due};
use crate::schema::jobs::jobs;

/// The length to which the text of an error is cut, in characters.
const MAX_ERROR_LENGTH: usize = 1000;

#[async_trait]
impl JobQueue for Database {
    async fn take(&self, limit: u32, now: DateTime<Utc>) -> Result<Vec<Job>, RepositoryError> {
        let now = timestamp::to_db(now);
        let mut leased = Vec::new();
        // Jobs that cannot be decoded are set aside, and others are taken in their place.
        while leased.len() < limit as usize {
            // Most of the time no job is due, and no lock is needed to see that.
            if !any_due(self, now).await? {
                break;
            }
            let wanted = i64::from(limit) - i64::try_from(leased.len()).unwrap_or(0);
            let (jobs, found): (Vec<Job>, usize) = self
                .write::<_, RepositoryError>(move |conn| lease_due(conn, now, wanted))
                .await?;
            leased.extend(jobs);
            if found == 0 {
                break;
            }
        }
        Ok(leased)
    }

    async fn renew(&self, jobs: Vec<JobId>, now: DateTime<Utc>) -> Result<(), RepositoryError> {
        let now = timestamp::to_db(now);
        let ids: Vec<UuidColumn> = jobs.into_iter().map(UuidColumn::from).collect();
        self.write(move |conn| {
            let leased = jobs::table
                .filter(jobs::id.eq_any(&ids))
                .filter(jobs::leased_until.gt(now));
            diesel::update(leased)
                .set((
                    jobs::due_at.eq(Some(now + LEASE)),
                    jobs::leased_until.eq(Some(now + LEASE)),
                ))
                .execute(conn)?;
            Ok(())
        })
        .await
    }

    async fn done(&self, id: JobId) -> Result<(), RepositoryError> {
        self.write(move |conn| {
            diesel::delete(jobs::table.find(UuidColumn::from(id))).execute(conn)?;
            Ok(())
        })
        .await
    }

    async fn failed(
        &self,
        job: Job,
        error: String,
        retry_at: Option<DateTime<Utc>>,
    ) -> Result<(), RepositoryError> {
        let error = error_text(&error);
        self.write(move |conn| {
            let own_attempt = jobs::table
                .find(UuidColumn::from(job.id))
                .filter(jobs::attempts.eq(i64::from(job.attempts) + 1));
            diesel::update(own_attempt)
                .set((
                    jobs::due_at.eq(retry_at.map(timestamp::to_db)),
                    jobs::leased_until.eq(None::<NaiveDateTime>),
                    jobs::last_error.eq(Some(&error)),
                ))
                .execute(conn)?;
            Ok(())
        })
        .await
    }
}

/// The text of an error as it is stored.
pub(crate) fn error_text(error: &str) -> String {
    text::to_db(error).chars().take(MAX_ERROR_LENGTH).collect()
}

async fn any_due(database: &Database, now: NaiveDateTime) -> Result<bool, RepositoryError> {
    database
        .read(move |conn| {
            let due = jobs::table
                .filter(jobs::kind.eq(JobKind::Email.as_str()))
                .filter(jobs::due_at.le(now))
                .select(jobs::id)
                .order(jobs::due_at);
            let first: Option<UuidColumn> = due.first(conn).optional()?;
            Ok(first.is_some())
        })
        .await
}

//! Heartbeats of workers.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};
use sojourn_application::ports::{Heartbeat, JobKind, WorkerActivity, WorkerRegistry};
use sojourn_domain::shared::RepositoryError;
use uuid::Uuid;

use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::insert_new_row;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::schema::jobs::worker_heartbeats;

#[derive(Insertable)]
#[diesel(table_name = worker_heartbeats)]
struct HeartbeatRow {
    worker_id: UuidColumn,
    kind: String,
    last_seen_at: NaiveDateTime,
}

/// The workers of a kind, and the work that was set aside.
#[derive(QueryableByName)]
struct ActivityRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    workers: i64,
    #[diesel(sql_type = BigInt)]
    set_aside: i64,
    #[diesel(sql_type = Nullable<Timestamp>)]
    last_seen_at: Option<NaiveDateTime>,
}

const ACTIVITY: &str = "\
    SELECT kind, COUNT(*) AS workers, 0 AS set_aside, MAX(last_seen_at) AS last_seen_at \
    FROM worker_heartbeats GROUP BY kind UNION ALL \
    SELECT kind, 0 AS workers, COUNT(*) AS set_aside, NULL AS last_seen_at \
    FROM jobs WHERE due_at IS NULL GROUP BY kind UNION ALL \
    SELECT kind, 0 AS workers, COUNT(*) AS set_aside, NULL AS last_seen_at \
    FROM job_failures WHERE next_try_at IS NULL GROUP BY kind";

#[async_trait]
impl WorkerRegistry for Database {
    async fn record(
        &self,
        worker: Uuid,
        heartbeats: Vec<Heartbeat>,
        forget_before: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.write(move |conn| {
            for heartbeat in &heartbeats {
                store(conn, UuidColumn(worker), heartbeat)?;
            }
            let old = worker_heartbeats::last_seen_at.lt(timestamp::to_db(forget_before));
            diesel::delete(worker_heartbeats::table.filter(old)).execute(conn)?;
            Ok(())
        })
        .await
    }

    async fn remove(&self, worker: Uuid) -> Result<(), RepositoryError> {
        self.write(move |conn| {
            let own = worker_heartbeats::worker_id.eq(UuidColumn(worker));
            diesel::delete(worker_heartbeats::table.filter(own)).execute(conn)?;
            Ok(())
        })
        .await
    }

    async fn activity(&self) -> Result<Vec<WorkerActivity>, RepositoryError> {
        let rows: Vec<ActivityRow> = self
            .read(|conn| Ok(diesel::sql_query(ACTIVITY).load(conn)?))
            .await?;
        let mut sums: HashMap<String, WorkerActivity> = HashMap::new();
        for row in rows {
            let Some(kind) = JobKind::parse(&row.kind) else {
                continue;
            };
            let sum = sums.entry(row.kind).or_insert_with(|| idle(kind));
            sum.workers += u32::try_from(row.workers).unwrap_or(u32::MAX);
            sum.set_aside += u64::try_from(row.set_aside).unwrap_or(0);
            let last_seen_at = row.last_seen_at.map(timestamp::from_db);
            sum.last_seen_at = sum.last_seen_at.max(last_seen_at);
        }
        let of_kind = |kind: JobKind| sums.get(kind.as_str()).copied().unwrap_or(idle(kind));
        Ok(JobKind::ALL.map(of_kind).to_vec())
    }
}

const fn idle(kind: JobKind) -> WorkerActivity {
    WorkerActivity {
        kind,
        workers: 0,
        last_seen_at: None,
        set_aside: 0,
    }
}

fn store(
    conn: &mut AnyConnection,
    worker: UuidColumn,
    heartbeat: &Heartbeat,
) -> Result<(), TxError> {
    let at = timestamp::to_db(heartbeat.at);
    let this = worker_heartbeats::table.find((worker, heartbeat.kind.as_str()));
    let seen = worker_heartbeats::last_seen_at.eq(at);
    if diesel::update(this).set(seen).execute(conn)? == 0 {
        let row = HeartbeatRow {
            worker_id: worker,
            kind: heartbeat.kind.as_str().to_owned(),
            last_seen_at: at,
        };
        insert_new_row!(conn, worker_heartbeats::table, &row)?;
    }
    Ok(())
}

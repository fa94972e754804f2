//! Numbering and reading events.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use sojourn_application::ports::{AccountEvent, AccountEvents};
use sojourn_domain::shared::{RepositoryError, UserId};

use super::row::EventRow;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::engine::locks::{ACCOUNT_EVENTS_LOCK, lock_until_commit};
use crate::query::pagination::convert_all;
use crate::schema::jobs::account_events;

#[async_trait]
impl AccountEvents for Database {
    async fn number(&self, limit: u32) -> Result<u32, RepositoryError> {
        let waiting = self
            .read(|conn| Ok(!unnumbered(conn, 1)?.is_empty()))
            .await?;
        if !waiting {
            return Ok(0);
        }
        self.write(move |conn| number(conn, limit)).await
    }

    async fn last(&self) -> Result<u64, RepositoryError> {
        let last = self.read(|conn| Ok(last(conn)?)).await?;
        Ok(last.and_then(|it| u64::try_from(it).ok()).unwrap_or(0))
    }

    async fn accounts_after(
        &self,
        after: u64,
        limit: u32,
    ) -> Result<Vec<(u64, UserId)>, RepositoryError> {
        let rows: Vec<(Option<i64>, UuidColumn)> = self
            .read(move |conn| {
                let query = account_events::table
                    .filter(account_events::sequence.gt(position(after)))
                    .order(account_events::sequence)
                    .limit(limit.into());
                let columns = (account_events::sequence, account_events::user_id);
                Ok(query.select(columns).load(conn)?)
            })
            .await?;
        let known = rows.into_iter().filter_map(|(sequence, user_id)| {
            let sequence = u64::try_from(sequence?).ok()?;
            Some((sequence, user_id.into()))
        });
        Ok(known.collect())
    }

    async fn of_account(
        &self,
        user_id: UserId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<AccountEvent>, RepositoryError> {
        self.read(move |conn| {
            let query = account_events::table
                .filter(account_events::user_id.eq(UuidColumn::from(user_id)))
                .filter(account_events::sequence.gt(position(after)))
                .order(account_events::sequence)
                .limit(limit.into());
            let rows: Vec<EventRow> = query.load(conn)?;
            convert_all(rows, EventRow::into_event)
        })
        .await
    }

    async fn delete_before(&self, at: DateTime<Utc>) -> Result<usize, RepositoryError> {
        self.write(move |conn| {
            let Some(last) = last(conn)? else {
                return Ok(0);
            };
            let old = account_events::table
                .filter(account_events::created_at.lt(timestamp::to_db(at)))
                .filter(
                    account_events::sequence
                        .is_null()
                        .or(account_events::sequence.lt(last)),
                );
            Ok(diesel::delete(old).execute(conn)?)
        })
        .await
    }
}

/// A position as the database stores it.
fn position(of: u64) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

fn last(conn: &mut AnyConnection) -> QueryResult<Option<i64>> {
    account_events::table
        .select(max(account_events::sequence))
        .first(conn)
}

/// Events without a position, oldest first.
fn unnumbered(conn: &mut AnyConnection, limit: u32) -> QueryResult<Vec<UuidColumn>> {
    account_events::table
        .filter(account_events::sequence.is_null())
        .order(account_events::id)
        .limit(limit.into())
        .select(account_events::id)
        .load(conn)
}

fn number(conn: &mut AnyConnection, limit: u32) -> Result<u32, TxError> {
    lock_until_commit(conn, ACCOUNT_EVENTS_LOCK)?;
    let (mut sequence, mut numbered) = (last(conn)?.unwrap_or(0), 0);
    for id in unnumbered(conn, limit)? {
        sequence += 1;
        numbered += 1;
        diesel::update(account_events::table.find(id))
            .set(account_events::sequence.eq(sequence))
            .execute(conn)?;
    }
    Ok(numbered)
}

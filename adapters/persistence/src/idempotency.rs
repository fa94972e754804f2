//! Answers kept for clients that ask twice.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{Binary, Text};
use sojourn_application::ports::{
    IdempotencyClaim, IdempotencyKey, IdempotencyStore, StoredResponse,
};
use sojourn_domain::shared::StoreError;

use crate::connection::{AnyConnection, MultiBackend};
use crate::database::Database;
use crate::dialect::write_tx;
use crate::errors::TxError;
use crate::instant::stored;
use crate::schema::accounts::idempotency_keys::{self as keys, table};
use crate::uuid_column::UuidColumn;

/// After so long without an answer, whoever worked on it is taken for dead.
const PATIENCE: TimeDelta = TimeDelta::seconds(30);

/// So long a key is known.
const MEMORY: TimeDelta = TimeDelta::hours(24);

#[derive(Queryable, Selectable)]
#[diesel(table_name = keys)]
struct KeyRow {
    fingerprint: String,
    claimed_at: NaiveDateTime,
    status: Option<i32>,
    headers: Option<String>,
    body: Option<Vec<u8>>,
}

impl KeyRow {
    fn response(self) -> Result<Option<StoredResponse>, StoreError> {
        let (Some(status), Some(headers), Some(body)) = (self.status, self.headers, self.body)
        else {
            return Ok(None);
        };
        let status =
            u16::try_from(status).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let headers = serde_json::from_str(&headers)
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        Ok(Some(StoredResponse {
            status,
            headers,
            body,
        }))
    }
}

fn insert(
    connection: &mut AnyConnection,
    key: &IdempotencyKey,
    now: NaiveDateTime,
) -> QueryResult<usize> {
    let row = (
        keys::scope.eq(&key.scope),
        keys::key.eq(&key.key),
        keys::fingerprint.eq(&key.fingerprint),
        keys::claimed_at.eq(now),
    );
    diesel::insert_into(table).values(row).execute(connection)
}

/// Takes over a key whose claim is over, unless somebody else just did.
fn take_over(
    connection: &mut AnyConnection,
    key: &IdempotencyKey,
    claimed_at: NaiveDateTime,
    now: NaiveDateTime,
) -> QueryResult<IdempotencyClaim> {
    let same = table
        .find((&key.scope, &key.key))
        .filter(keys::claimed_at.eq(claimed_at));
    let anew = (
        keys::fingerprint.eq(&key.fingerprint),
        keys::claimed_at.eq(now),
        keys::status.eq(None::<i32>),
        keys::headers.eq(None::<String>),
        keys::body.eq(None::<Vec<u8>>),
    );
    let taken = diesel::update(same).set(anew).execute(connection)? > 0;
    Ok(if taken {
        IdempotencyClaim::Fresh
    } else {
        IdempotencyClaim::InProgress
    })
}

fn claim(
    connection: &mut AnyConnection,
    key: &IdempotencyKey,
    now: NaiveDateTime,
) -> Result<IdempotencyClaim, TxError> {
    let known = table
        .find((&key.scope, &key.key))
        .select(KeyRow::as_select())
        .first(connection)
        .optional()?;
    let Some(known) = known else {
        insert(connection, key, now)?;
        return Ok(IdempotencyClaim::Fresh);
    };
    let claimed_at = known.claimed_at;
    if claimed_at + MEMORY <= now {
        return Ok(take_over(connection, key, claimed_at, now)?);
    }
    if known.fingerprint != key.fingerprint {
        return Ok(IdempotencyClaim::Reused);
    }
    match known.response()? {
        Some(response) => Ok(IdempotencyClaim::Answered(response)),
        None if claimed_at + PATIENCE <= now => Ok(take_over(connection, key, claimed_at, now)?),
        None => Ok(IdempotencyClaim::InProgress),
    }
}

/// Forgets what an account was answered, and what others were answered that names the account by its id: such
/// answers may show the person.
pub(crate) fn forget_answers(
    connection: &mut AnyConnection,
    account: UuidColumn,
) -> QueryResult<usize> {
    let id = account.0.to_string();
    let delete = match connection {
        AnyConnection::Postgres(_) => {
            "DELETE FROM idempotency_keys WHERE scope = $1 OR position($2 in body) > 0"
        }
        AnyConnection::Sqlite(_) => {
            "DELETE FROM idempotency_keys WHERE scope = ?1 OR instr(body, ?2) > 0"
        }
    };
    let delete = diesel::sql_query(delete).into_boxed::<MultiBackend>();
    delete
        .bind::<Text, _>(id.clone())
        .bind::<Binary, _>(id.into_bytes())
        .execute(connection)
}

#[async_trait]
impl IdempotencyStore for Database {
    async fn claim(
        &self,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> Result<IdempotencyClaim, StoreError> {
        let now = stored(now);
        self.run(move |connection| {
            let first: Result<_, TxError> =
                write_tx(connection, |connection| claim(connection, &key, now));
            match first {
                // On PostgreSQL another claim came between: now it can be seen.
                Err(TxError::Db(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _))) => {
                    write_tx(connection, |connection| claim(connection, &key, now))
                }
                done => done.map_err(StoreError::from),
            }
        })
        .await
    }

    async fn answer(
        &self,
        key: IdempotencyKey,
        response: StoredResponse,
    ) -> Result<(), StoreError> {
        let headers = serde_json::to_string(&response.headers)
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        self.write(move |connection| {
            let this = table
                .find((&key.scope, &key.key))
                .filter(keys::fingerprint.eq(&key.fingerprint));
            let answer = (
                keys::status.eq(Some(i32::from(response.status))),
                keys::headers.eq(Some(&headers)),
                keys::body.eq(Some(&response.body)),
            );
            diesel::update(this).set(answer).execute(connection)?;
            Ok(())
        })
        .await
    }

    async fn release(&self, key: IdempotencyKey) -> Result<(), StoreError> {
        self.write(move |connection| {
            let this = table
                .find((&key.scope, &key.key))
                .filter(keys::fingerprint.eq(&key.fingerprint))
                .filter(keys::status.is_null());
            diesel::delete(this).execute(connection)?;
            Ok(())
        })
        .await
    }

    async fn forget_before(&self, instant: DateTime<Utc>) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let old = table.filter(keys::claimed_at.lt(stored(instant)));
            Ok(diesel::delete(old).execute(connection)? as u64)
        })
        .await
    }
}

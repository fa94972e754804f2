//! The repository of idempotency keys and the responses to their requests.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use sojourn_application::ports::{
    Attempt, IdempotencyClaim, IdempotencyKey, IdempotencyStore, StoredResponse,
};
use sojourn_domain::shared::RepositoryError;
use uuid::Uuid;

use super::claim::claim_key;
use crate::columns::json::to_json;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::engine::retries::write_tx;
use crate::query::statement::{Statement, Value};
use crate::schema::accounts::idempotency_keys::{self as keys, table};

#[async_trait]
impl IdempotencyStore for Database {
    async fn claim(
        &self,
        key: IdempotencyKey,
        attempt: Uuid,
        now: DateTime<Utc>,
    ) -> Result<IdempotencyClaim, RepositoryError> {
        let now = timestamp::to_db(now);
        self.run(move |conn| {
            let first: Result<_, TxError> =
                write_tx(conn, |conn| claim_key(conn, &key, attempt, now));
            match first {
                // A concurrent claim was inserted first: now it is visible.
                Err(TxError::Db(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _))) => {
                    write_tx(conn, |conn| claim_key(conn, &key, attempt, now))
                }
                done => done.map_err(RepositoryError::from),
            }
        })
        .await
    }

    async fn answer(
        &self,
        attempt: &Attempt,
        response: StoredResponse,
    ) -> Result<(), RepositoryError> {
        let headers = to_json(&response.headers)?;
        let Attempt { scope, key, id, .. } = attempt.clone();
        self.write(move |conn| {
            let this = table
                .find((&scope, &key))
                .filter(keys::attempt.eq(UuidColumn(id)));
            let answer = (
                keys::status.eq(Some(i32::from(response.status))),
                keys::headers.eq(Some(&headers)),
                keys::body.eq(Some(&response.body)),
                keys::leased_until.eq(None::<NaiveDateTime>),
            );
            diesel::update(this).set(answer).execute(conn)?;
            Ok(())
        })
        .await
    }

    async fn release(&self, attempt: &Attempt) -> Result<(), RepositoryError> {
        let Attempt { scope, key, id, .. } = attempt.clone();
        self.write(move |conn| {
            let this = table
                .find((&scope, &key))
                .filter(keys::attempt.eq(UuidColumn(id)))
                .filter(keys::status.is_null());
            diesel::delete(this.filter(keys::outcome.is_null())).execute(conn)?;
            diesel::update(this)
                .set(keys::leased_until.eq(None::<NaiveDateTime>))
                .execute(conn)?;
            Ok(())
        })
        .await
    }

    async fn delete_before(&self, instant: DateTime<Utc>) -> Result<u64, RepositoryError> {
        self.write(move |conn| {
            let old = table.filter(keys::claimed_at.lt(timestamp::to_db(instant)));
            Ok(diesel::delete(old).execute(conn)? as u64)
        })
        .await
    }
}

/// Deletes the keys of an account, and those of others whose response or outcome contains its id: they may show its
/// personal data.
pub(crate) fn delete_responses_about(
    conn: &mut AnyConnection,
    account: UuidColumn,
) -> QueryResult<usize> {
    let id = account.0.to_string();
    let mut sql = Statement::for_connection(conn);
    let scope = sql.value(Value::Text(id.clone()));
    let bytes = sql.value(Value::Bytes(id.into_bytes()));
    let names_account = sql.contains_bytes("body", &bytes);
    let part = sql.value(Value::Text(format!("%{}%", account.0)));
    sql.push(&format!(
        "DELETE FROM idempotency_keys WHERE scope = {scope} OR {names_account} OR outcome LIKE {part}"
    ));
    sql.into_query().execute(conn)
}

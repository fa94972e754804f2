//! The repository of idempotency keys and the responses to their requests.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use sojourn_application::ports::{
    IdempotencyClaim, IdempotencyKey, IdempotencyStore, StoredResponse,
};
use sojourn_domain::shared::RepositoryError;

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
        now: DateTime<Utc>,
    ) -> Result<IdempotencyClaim, RepositoryError> {
        let now = timestamp::to_db(now);
        self.run(move |conn| {
            let first: Result<_, TxError> = write_tx(conn, |conn| claim_key(conn, &key, now));
            match first {
                // A concurrent claim was inserted first: now it is visible.
                Err(TxError::Db(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _))) => {
                    write_tx(conn, |conn| claim_key(conn, &key, now))
                }
                done => done.map_err(RepositoryError::from),
            }
        })
        .await
    }

    async fn answer(
        &self,
        key: IdempotencyKey,
        response: StoredResponse,
    ) -> Result<(), RepositoryError> {
        let headers = to_json(&response.headers)?;
        self.write(move |conn| {
            let this = table
                .find((&key.scope, &key.key))
                .filter(keys::fingerprint.eq(&key.fingerprint));
            let answer = (
                keys::status.eq(Some(i32::from(response.status))),
                keys::headers.eq(Some(&headers)),
                keys::body.eq(Some(&response.body)),
            );
            diesel::update(this).set(answer).execute(conn)?;
            Ok(())
        })
        .await
    }

    async fn release(&self, key: IdempotencyKey) -> Result<(), RepositoryError> {
        self.write(move |conn| {
            let this = table
                .find((&key.scope, &key.key))
                .filter(keys::fingerprint.eq(&key.fingerprint))
                .filter(keys::status.is_null());
            diesel::delete(this).execute(conn)?;
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

/// Deletes the responses to an account, and the responses to others that contain its id: they may show its personal
/// data.
pub(crate) fn delete_responses_about(
    conn: &mut AnyConnection,
    account: UuidColumn,
) -> QueryResult<usize> {
    let id = account.0.to_string();
    let mut sql = Statement::for_connection(conn);
    let scope = sql.value(Value::Text(id.clone()));
    let bytes = sql.value(Value::Bytes(id.into_bytes()));
    let names_account = sql.contains_bytes("body", &bytes);
    sql.push(&format!(
        "DELETE FROM idempotency_keys WHERE scope = {scope} OR {names_account}"
    ));
    sql.into_query().execute(conn)
}

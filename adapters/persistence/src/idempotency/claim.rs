//! Claims on idempotency keys.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use sojourn_application::ports::{Attempt, IdempotencyClaim, IdempotencyKey};
use sojourn_domain::shared::RepositoryError;
use uuid::Uuid;

use super::row::KeyRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::accounts::idempotency_keys::{self as keys, table};

/// The time after which a claim without a response expires: the server that made it is taken to have crashed.
const LEASE: TimeDelta = TimeDelta::seconds(30);

/// The time for which a key is stored.
const RETENTION: TimeDelta = TimeDelta::hours(24);

/// Claims a key for an attempt, within a transaction.
pub(crate) fn claim_key(
    conn: &mut AnyConnection,
    key: &IdempotencyKey,
    attempt: Uuid,
    now: NaiveDateTime,
) -> Result<IdempotencyClaim, TxError> {
    let Some(known) = find(conn, key)? else {
        return insert(conn, key, attempt, now);
    };
    if known.claimed_at + RETENTION <= now {
        let expired = table
            .find((&key.scope, &key.key))
            .filter(keys::attempt.eq(known.attempt));
        diesel::delete(expired).execute(conn)?;
        return insert(conn, key, attempt, now);
    }
    if !key.fingerprints.contains(&known.fingerprint) {
        return Ok(IdempotencyClaim::Reused);
    }
    let (before, is_leased) = (known.attempt, known.is_leased(now));
    match known.into_response()? {
        Some(response) => Ok(IdempotencyClaim::Answered(response)),
        None if is_leased => Ok(IdempotencyClaim::InProgress),
        None => take_over(conn, key, before, attempt, now),
    }
}

fn find(conn: &mut AnyConnection, key: &IdempotencyKey) -> QueryResult<Option<KeyRow>> {
    table
        .find((&key.scope, &key.key))
        .select(KeyRow::as_select())
        .first(conn)
        .optional()
}

fn insert(
    conn: &mut AnyConnection,
    key: &IdempotencyKey,
    attempt: Uuid,
    now: NaiveDateTime,
) -> Result<IdempotencyClaim, TxError> {
    let fingerprint = key.fingerprints.first().ok_or_else(|| {
        RepositoryError::Internal("an idempotency key has no fingerprint".to_owned())
    })?;
    let row = (
        keys::scope.eq(&key.scope),
        keys::key.eq(&key.key),
        keys::fingerprint.eq(fingerprint),
        keys::claimed_at.eq(now),
        keys::attempt.eq(UuidColumn(attempt)),
        keys::leased_until.eq(Some(now + LEASE)),
    );
    diesel::insert_into(table).values(row).execute(conn)?;
    Ok(IdempotencyClaim::Execute(Attempt {
        scope: key.scope.clone(),
        key: key.key.clone(),
        id: attempt,
        prior: None,
    }))
}

/// Takes over from an attempt that ended, unless a concurrent request did so first. The outcome is read afterwards:
/// once the row has its new attempt, the earlier one can commit nothing.
fn take_over(
    conn: &mut AnyConnection,
    key: &IdempotencyKey,
    before: UuidColumn,
    attempt: Uuid,
    now: NaiveDateTime,
) -> Result<IdempotencyClaim, TxError> {
    let same = table
        .find((&key.scope, &key.key))
        .filter(keys::attempt.eq(before))
        .filter(keys::status.is_null());
    let next = (
        keys::attempt.eq(UuidColumn(attempt)),
        keys::leased_until.eq(Some(now + LEASE)),
    );
    if diesel::update(same).set(next).execute(conn)? == 0 {
        return Ok(IdempotencyClaim::InProgress);
    }
    let prior = find(conn, key)?.map(|row| row.outcome()).transpose()?;
    Ok(IdempotencyClaim::Execute(Attempt {
        scope: key.scope.clone(),
        key: key.key.clone(),
        id: attempt,
        prior: prior.flatten(),
    }))
}

//! Claims on idempotency keys.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use sojourn_application::ports::{IdempotencyClaim, IdempotencyKey};

use super::row::KeyRow;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::accounts::idempotency_keys::{self as keys, table};

/// The time after which a claim without a response expires: the server that made it is taken to have crashed.
const CLAIM_TIMEOUT: TimeDelta = TimeDelta::seconds(30);

/// The time for which a key is stored.
const RETENTION: TimeDelta = TimeDelta::hours(24);

/// Claims a key for a request, within a transaction.
pub(crate) fn claim_key(
    conn: &mut AnyConnection,
    key: &IdempotencyKey,
    now: NaiveDateTime,
) -> Result<IdempotencyClaim, TxError> {
    let known = table
        .find((&key.scope, &key.key))
        .select(KeyRow::as_select())
        .first(conn)
        .optional()?;
    let Some(known) = known else {
        insert(conn, key, now)?;
        return Ok(IdempotencyClaim::Fresh);
    };
    let claimed_at = known.claimed_at;
    if claimed_at + RETENTION <= now {
        return Ok(take_over(conn, key, claimed_at, now)?);
    }
    if known.fingerprint != key.fingerprint {
        return Ok(IdempotencyClaim::Reused);
    }
    match known.into_response()? {
        Some(response) => Ok(IdempotencyClaim::Answered(response)),
        None if claimed_at + CLAIM_TIMEOUT <= now => Ok(take_over(conn, key, claimed_at, now)?),
        None => Ok(IdempotencyClaim::InProgress),
    }
}

fn insert(
    conn: &mut AnyConnection,
    key: &IdempotencyKey,
    now: NaiveDateTime,
) -> QueryResult<usize> {
    let row = (
        keys::scope.eq(&key.scope),
        keys::key.eq(&key.key),
        keys::fingerprint.eq(&key.fingerprint),
        keys::claimed_at.eq(now),
    );
    diesel::insert_into(table).values(row).execute(conn)
}

/// Takes over a key whose claim has expired, unless a concurrent request did so first.
fn take_over(
    conn: &mut AnyConnection,
    key: &IdempotencyKey,
    claimed_at: NaiveDateTime,
    now: NaiveDateTime,
) -> QueryResult<IdempotencyClaim> {
    let same = table
        .find((&key.scope, &key.key))
        .filter(keys::claimed_at.eq(claimed_at));
    let fresh = (
        keys::fingerprint.eq(&key.fingerprint),
        keys::claimed_at.eq(now),
        keys::status.eq(None::<i32>),
        keys::headers.eq(None::<String>),
        keys::body.eq(None::<Vec<u8>>),
    );
    let taken = diesel::update(same).set(fresh).execute(conn)? > 0;
    Ok(if taken {
        IdempotencyClaim::Fresh
    } else {
        IdempotencyClaim::InProgress
    })
}

//! Commits that belong to an attempt of a keyed request: they store its outcome, and only the latest attempt commits.

use diesel::prelude::*;
use sojourn_application::attempt;
use sojourn_application::ports::{Attempt, Outcome};
use sojourn_domain::shared::RepositoryError;

use crate::columns::json::to_json;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::schema::accounts::idempotency_keys::{self as keys, table};

impl Database {
    /// Runs a transaction that writes, and stores the outcome of the current attempt in it.
    pub(crate) async fn commit_outcome<E>(
        &self,
        outcome: Outcome,
        mut work: impl FnMut(&mut AnyConnection) -> Result<(), TxError> + Send + 'static,
    ) -> Result<(), E>
    where
        E: From<RepositoryError> + From<TxError> + Send + 'static,
    {
        let record = outcome_of_current(outcome);
        self.write(move |conn| {
            work(conn)?;
            record(conn)
        })
        .await
    }
}

/// The last step of a transaction: stores the outcome of the attempt as which the calling task runs, if any.
pub(crate) fn outcome_of_current(
    outcome: Outcome,
) -> impl Fn(&mut AnyConnection) -> Result<(), TxError> + Send + 'static {
    let attempt = attempt::current();
    move |conn| match attempt.as_deref() {
        Some(attempt) => record(conn, attempt, &outcome),
        None => Ok(()),
    }
}

/// Stores the outcome unless an earlier commit of the request has; fails if a later attempt has taken over.
fn record(conn: &mut AnyConnection, attempt: &Attempt, outcome: &Outcome) -> Result<(), TxError> {
    let own = table
        .find((&attempt.scope, &attempt.key))
        .filter(keys::attempt.eq(UuidColumn(attempt.id)));
    let json = to_json(outcome)?;
    let first = own.filter(keys::outcome.is_null());
    if diesel::update(first)
        .set(keys::outcome.eq(Some(json)))
        .execute(conn)?
        > 0
    {
        return Ok(());
    }
    // Locks the row, so that no later attempt takes over before this transaction ends.
    let same = keys::attempt.eq(UuidColumn(attempt.id));
    if diesel::update(own).set(same).execute(conn)? > 0 {
        return Ok(());
    }
    let reason = "a later attempt of the request has taken over";
    Err(RepositoryError::Unavailable(reason.to_owned()).into())
}

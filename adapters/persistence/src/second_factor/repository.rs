//! The repository of second factors.

use async_trait::async_trait;
use diesel::prelude::*;
use sojourn_application::ports::{Outcome, OutcomeKind};
use sojourn_domain::shared::{CommitError, Notification, RepositoryError, UserId};
use sojourn_domain::user::{SecondFactor, SecondFactorChange, SecondFactorRepository};

use super::row::SecondFactorRow;
use crate::account_event::append::append_account_events;
use crate::audit::append::record_optional;
use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::{Refusal, TxError};
use crate::job::enqueue::enqueue_notices;
use crate::schema::accounts::second_factors;

#[async_trait]
impl SecondFactorRepository for Database {
    async fn get(&self, id: UserId) -> Result<Option<SecondFactor>, RepositoryError> {
        self.read(move |conn| {
            let query = second_factors::table
                .find(UuidColumn::from(id))
                .select(SecondFactorRow::as_select());
            let row: Option<SecondFactorRow> = query.first(conn).optional()?;
            Ok(row.map(SecondFactorRow::into_factor).transpose()?)
        })
        .await
    }

    async fn commit(&self, change: SecondFactorChange) -> Result<(), CommitError> {
        let outcome = Outcome::new(OutcomeKind::User, change.factor.user_id.uuid());
        self.commit_outcome(outcome, move |conn| {
            store(conn, &change.factor)?;
            notify_owner(conn, &change)?;
            record_optional(conn, change.audit.as_ref())
        })
        .await
    }

    async fn remove(&self, change: SecondFactorChange) -> Result<(), CommitError> {
        let outcome = Outcome::new(OutcomeKind::User, change.factor.user_id.uuid());
        self.commit_outcome(outcome, move |conn| {
            let this = second_factors::table
                .filter(second_factors::user_id.eq(UuidColumn::from(change.factor.user_id)))
                .filter(second_factors::version.eq(change.factor.version));
            if diesel::delete(this).execute(conn)? == 0 {
                return Err(Refusal::Stale.into());
            }
            notify_owner(conn, &change)?;
            record_optional(conn, change.audit.as_ref())
        })
        .await
    }
}

/// Tells the owner, by mail and as an event.
fn notify_owner(conn: &mut AnyConnection, change: &SecondFactorChange) -> Result<(), TxError> {
    let Some((what, at)) = change.notice else {
        return Ok(());
    };
    let user_id = change.factor.user_id;
    let notices = [Notification::SecurityChanged { user_id, what }];
    enqueue_notices(conn, &notices, at)?;
    append_account_events(conn, &notices, at)
}

fn store(conn: &mut AnyConnection, factor: &SecondFactor) -> Result<(), TxError> {
    let row = SecondFactorRow::try_from_factor(factor)?;
    if factor.version == 1 {
        insert_rows!(conn, second_factors::table, &row)?;
        return Ok(());
    }
    let before = second_factors::table
        .filter(second_factors::user_id.eq(row.user_id))
        .filter(second_factors::version.eq(factor.version - 1));
    if diesel::update(before).set(&row).execute(conn)? == 0 {
        return Err(Refusal::Stale.into());
    }
    Ok(())
}

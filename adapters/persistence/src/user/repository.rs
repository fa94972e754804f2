//! The repository of accounts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{Outcome, OutcomeKind};
use sojourn_domain::shared::{Email, Notification, RepositoryError, UserId};
use sojourn_domain::user::{
    EndedSessions, SecondFactorEffect, User, UserChange, UserCommitError, UserRepository,
};
use uuid::Uuid;

use super::obligations::find_obligations;
use super::row::{UserEdit, UserRow};
use crate::account_event::append::append_account_events;
use crate::audit::append::append;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::{Refusal, TxError};
use crate::idempotency::repository::delete_responses_about;
use crate::job::enqueue::enqueue_notices;
use crate::job::erase::erase_mails;
use crate::operator::rights::{require_another_operator, require_operator};
use crate::query::row_lock::lock_account_exclusively;
use crate::schema::accounts::{email_changes, one_time_tokens, second_factors, sessions, users};
use crate::wishlist::repository::delete_wishlists;

/// Stores a change within a transaction.
fn store(conn: &mut AnyConnection, change: &UserChange) -> Result<(), TxError> {
    let row = UserRow::from(&change.user);
    let id = row.id;
    let version = row.version;
    require_operator(conn, change.audit.as_ref())?;
    require_another_operator(conn, change)?;
    if version == 1 {
        diesel::insert_into(users::table)
            .values(row)
            .execute(conn)?;
    } else {
        if change.user.erased_at.is_some() {
            require_no_obligations(conn, change.user.id)?;
            erase_queued_mails(conn, id)?;
        }
        let before = users::table
            .filter(users::id.eq(id))
            .filter(users::version.eq(version - 1));
        let changed = diesel::update(before)
            .set(UserEdit::from(row))
            .execute(conn)?;
        if changed == 0 {
            return Err(Refusal::Stale.into());
        }
    }
    end_sessions(conn, id, change.ends_sessions)?;
    change_second_factor(conn, id, change.second_factor)?;
    if change.user.erased_at.is_some() {
        delete_personal_data(conn, id)?;
    }
    let at = change.user.updated_at;
    enqueue_notices(conn, &change.notifications, at)?;
    append_account_events(conn, &change.notifications, at)?;
    change
        .audit
        .as_ref()
        .map_or(Ok(()), |entry| append(conn, entry))
}

/// Refuses the erasure of an account that was booked, or booked, concurrently. It cannot book before the transaction
/// ends.
fn require_no_obligations(conn: &mut AnyConnection, id: UserId) -> Result<(), TxError> {
    lock_account_exclusively(conn, id.into())?;
    let open = find_obligations(conn, id)?;
    if open.bookings || open.payouts || open.debts {
        return Err(Refusal::Stale.into());
    }
    Ok(())
}

fn end_sessions(
    conn: &mut AnyConnection,
    id: UuidColumn,
    ended: EndedSessions,
) -> Result<(), TxError> {
    let own = sessions::table.filter(sessions::user_id.eq(id));
    if ended != EndedSessions::None {
        diesel::delete(one_time_tokens::table.filter(one_time_tokens::user_id.eq(id)))
            .execute(conn)?;
        diesel::delete(email_changes::table.find(id)).execute(conn)?;
    }
    match ended {
        EndedSessions::None => 0,
        EndedSessions::All => diesel::delete(own).execute(conn)?,
        EndedSessions::Others(current) => {
            diesel::delete(own.filter(sessions::id.ne(UuidColumn::from(current)))).execute(conn)?
        }
    };
    Ok(())
}

fn change_second_factor(
    conn: &mut AnyConnection,
    id: UuidColumn,
    effect: SecondFactorEffect,
) -> Result<(), TxError> {
    let own = second_factors::table.find(id);
    match effect {
        SecondFactorEffect::Kept => 0,
        SecondFactorEffect::WrongCodesForgotten => diesel::update(own)
            .set((
                second_factors::wrong_codes.eq(0),
                second_factors::version.eq(second_factors::version + 1),
            ))
            .execute(conn)?,
        SecondFactorEffect::Removed => diesel::delete(own).execute(conn)?,
    };
    Ok(())
}

/// Deletes the mails to an account from the queue, before its address is replaced.
fn erase_queued_mails(conn: &mut AnyConnection, id: UuidColumn) -> Result<(), TxError> {
    let email: Option<String> = users::table
        .find(id)
        .select(users::email)
        .first(conn)
        .optional()?;
    match email.and_then(|email| Email::parse(&email).ok()) {
        Some(email) => erase_mails(conn, id, &email),
        None => Ok(()),
    }
}

/// Deletes every credential of an erased account, its wish lists, and the stored responses that show its personal data.
fn delete_personal_data(conn: &mut AnyConnection, id: UuidColumn) -> Result<(), TxError> {
    end_sessions(conn, id, EndedSessions::All)?;
    diesel::delete(second_factors::table.find(id)).execute(conn)?;
    delete_responses_about(conn, id)?;
    delete_wishlists(conn, id)?;
    Ok(())
}

#[async_trait]
impl UserRepository for Database {
    async fn get(&self, id: UserId) -> Result<Option<User>, RepositoryError> {
        let row = self.read(move |conn| {
            let found = users::table
                .find(UuidColumn::from(id))
                .select(UserRow::as_select());
            Ok(found.first(conn).optional()?)
        });
        row.await?.map(User::try_from).transpose()
    }

    async fn get_many(&self, ids: &[UserId]) -> Result<Vec<User>, RepositoryError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<UuidColumn> = ids.iter().copied().map(UuidColumn::from).collect();
        let rows = self.read(move |conn| {
            Ok(users::table
                .filter(users::id.eq_any(&ids))
                .select(UserRow::as_select())
                .load(conn)?)
        });
        rows.await?.into_iter().map(User::try_from).collect()
    }

    async fn by_email(&self, email: &Email) -> Result<Option<User>, RepositoryError> {
        let key = email.key();
        let row = self.read(move |conn| {
            let found = users::table
                .filter(users::email_key.eq(&key))
                .select(UserRow::as_select());
            Ok(found.first(conn).optional()?)
        });
        row.await?.map(User::try_from).transpose()
    }

    async fn commit(&self, change: UserChange) -> Result<(), UserCommitError> {
        let outcome = Outcome::new(OutcomeKind::User, change.user.id.uuid());
        self.commit_outcome(outcome, move |conn| store(conn, &change))
            .await
    }

    async fn enqueue_notifications(
        &self,
        notifications: Vec<Notification>,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        if notifications.is_empty() {
            return Ok(());
        }
        let outcome = Outcome::new(OutcomeKind::Notifications, Uuid::nil());
        self.commit_outcome(outcome, move |conn| {
            enqueue_notices(conn, &notifications, now)
        })
        .await
    }
}

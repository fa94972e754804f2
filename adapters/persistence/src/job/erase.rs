//! Removing an erased account from the queue.

use diesel::prelude::*;
use sojourn_application::ports::JobKind;
use sojourn_domain::shared::{Email, Notification};

use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::jobs::jobs;

/// Text in place of an error that named the address.
const ERASED_ERROR: &str = "removed with the account that it named";

/// Deletes the mails to an account or its address, and the errors of other mails that name the address, within the
/// transaction that erases the account.
pub(crate) fn erase_mails(
    conn: &mut AnyConnection,
    id: UuidColumn,
    email: &Email,
) -> Result<(), TxError> {
    let named = jobs::notice
        .like("%\"email\":%")
        .or(jobs::notice.like(format!("%{}%", id.0)));
    let candidates: Vec<(UuidColumn, String)> = jobs::table
        .filter(jobs::kind.eq(JobKind::Email.as_str()))
        .filter(named)
        .select((jobs::id, jobs::notice))
        .load(conn)?;
    let theirs = candidates
        .into_iter()
        .filter(|(_, notice)| is_for(notice, id, email))
        .map(|(job, _)| job);
    for job in theirs {
        diesel::delete(jobs::table.find(job)).execute(conn)?;
    }
    let failed: Vec<(UuidColumn, Option<String>)> = jobs::table
        .filter(jobs::last_error.is_not_null())
        .select((jobs::id, jobs::last_error))
        .load(conn)?;
    let key = email.key();
    let naming = failed.into_iter().filter(|(_, error)| {
        error
            .as_deref()
            .is_some_and(|error| error.to_lowercase().contains(&key))
    });
    for (job, _) in naming {
        diesel::update(jobs::table.find(job))
            .set(jobs::last_error.eq(ERASED_ERROR))
            .execute(conn)?;
    }
    Ok(())
}

fn is_for(notice: &str, id: UuidColumn, email: &Email) -> bool {
    match serde_json::from_str(notice) {
        Ok(
            Notification::ForgotPassword { email: to }
            | Notification::ResendVerification { email: to },
        ) => to == *email,
        Ok(
            Notification::ChangeEmail { user_id, email: to }
            | Notification::EmailChangeRequested { user_id, email: to },
        ) => UuidColumn::from(user_id) == id || to == *email,
        Ok(
            Notification::VerifyEmail { user_id, .. }
            | Notification::EmailKnown { user_id }
            | Notification::ResetPassword { user_id }
            | Notification::SecurityChanged { user_id, .. },
        ) => UuidColumn::from(user_id) == id,
        Ok(Notification::BookingChanged { .. } | Notification::ReviewPublished { .. }) | Err(_) => {
            false
        }
    }
}

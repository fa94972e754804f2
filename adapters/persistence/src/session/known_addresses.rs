//! Network addresses from which the owner of an account is known to connect.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use sojourn_domain::shared::{AuditAction, RepositoryError};

use crate::columns::{address, timestamp};
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::accounts::{sessions, users};
use crate::schema::audit::audit_log;

/// The time for which an address is known after a password was reset from it: a reset ends all sessions, and its
/// author must be able to log in with the new password.
const RESET_WINDOW: TimeDelta = TimeDelta::hours(1);

/// The most addresses of each kind, the latest.
const MAX_ADDRESSES: i64 = 100;

/// The addresses of the open sessions of the account with this key of an email address, and of its latest password
/// resets. Both are always queried, so that the time taken does not reveal whether the account exists.
pub(crate) fn known_addresses(
    conn: &mut AnyConnection,
    email_key: &str,
    now: DateTime<Utc>,
) -> Result<Vec<IpAddr>, TxError> {
    let open = sessions::table
        .inner_join(users::table)
        .filter(users::email_key.eq(email_key))
        .filter(sessions::expires_at.gt(timestamp::to_db(now)))
        .order(sessions::last_used_at.desc())
        .limit(MAX_ADDRESSES)
        .select(sessions::address);
    let mut texts: Vec<Option<String>> = open.load(conn)?;
    let reset = audit_log::table
        .inner_join(users::table.on(audit_log::subject_id.eq(users::id.nullable())))
        .filter(users::email_key.eq(email_key))
        .filter(audit_log::subject_kind.eq("user"))
        .filter(audit_log::action.eq(AuditAction::PasswordReset.as_str()))
        .filter(audit_log::at.gt(timestamp::to_db(now - RESET_WINDOW)))
        .order(audit_log::at.desc())
        .limit(MAX_ADDRESSES)
        .select(audit_log::address);
    texts.extend(reset.load::<Option<String>>(conn)?);
    let addresses = texts
        .into_iter()
        .flatten()
        .map(|text| address::from_db(&text, "address"));
    Ok(addresses.collect::<Result<_, RepositoryError>>()?)
}

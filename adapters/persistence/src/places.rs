//! From where the owner of an account is known to come.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use sojourn_domain::shared::{AuditAction, StoreError};

use crate::address_column;
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::instant::stored;
use crate::schema::accounts::{sessions, users};
use crate::schema::audit::audit_log;

/// How long it counts from where a password was set with a mailed token: that ends all sessions, and whoever did it
/// is to get in with the new password.
const MEMORY: TimeDelta = TimeDelta::hours(1);

/// How many addresses of each kind are looked at, the latest.
const LATEST: i64 = 100;

/// The addresses from which the account with this key of an email address was entered, as far as those sessions are
/// open, or had its password set. Both are always asked for, so that the time does not tell whether there is such an
/// account.
pub(crate) fn places(
    connection: &mut AnyConnection,
    email_key: &str,
    now: DateTime<Utc>,
) -> Result<Vec<IpAddr>, TxError> {
    let open = sessions::table
        .inner_join(users::table)
        .filter(users::email_key.eq(email_key))
        .filter(sessions::expires_at.gt(stored(now)))
        .order(sessions::last_used_at.desc())
        .limit(LATEST)
        .select(sessions::address);
    let mut texts: Vec<Option<String>> = open.load(connection)?;
    let reset = audit_log::table
        .inner_join(users::table.on(audit_log::subject_id.eq(users::id.nullable())))
        .filter(users::email_key.eq(email_key))
        .filter(audit_log::subject_kind.eq("user"))
        .filter(audit_log::action.eq(AuditAction::PasswordReset.as_str()))
        .filter(audit_log::at.gt(stored(now - MEMORY)))
        .order(audit_log::at.desc())
        .limit(LATEST)
        .select(audit_log::address);
    texts.extend(reset.load::<Option<String>>(connection)?);
    let places = texts
        .into_iter()
        .flatten()
        .map(|text| address_column::read(&text, "address"));
    Ok(places.collect::<Result<_, StoreError>>()?)
}

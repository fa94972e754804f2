//! Seals of lines: HMACs of their hashes under a key derived from the secret of the server.
//!
//! A line is sealed only if the line before is authentic, so that a valid seal authenticates all lines up to its own.
//! After a change of the log, no line gets a valid seal any more.

use diesel::dsl::exists;
use diesel::prelude::*;
use sojourn_application::ports::AuditSeal;
use sojourn_domain::shared::RepositoryError;

use super::row::ORIGIN;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::audit::audit_log;
use crate::signing::digests;

/// The purpose of the keys.
const PURPOSE: &str = "audit log";

/// The seal of a line that follows one which is not authentic.
const BROKEN: &str = ORIGIN;

/// The state of the seal of a line with this hash.
pub(crate) fn state(hash: &str, seal: Option<&str>) -> Result<AuditSeal, RepositoryError> {
    let Some(seal) = seal else {
        return Ok(AuditSeal::Missing);
    };
    let expected = digests(PURPOSE, hash)?;
    Ok(match expected.iter().position(|digest| digest == seal) {
        Some(0) => AuditSeal::Current,
        Some(_) => AuditSeal::Earlier,
        None => AuditSeal::Invalid,
    })
}

/// The seal of a line with this hash that follows the line with `last` as its hash and seal.
pub(crate) fn seal_after(
    conn: &mut AnyConnection,
    last: Option<(&str, Option<&str>)>,
    hash: &str,
) -> Result<String, TxError> {
    let authentic = match last {
        None => true,
        Some((last_hash, seal)) => match state(last_hash, seal)? {
            AuditSeal::Current | AuditSeal::Earlier => true,
            AuditSeal::Missing => !any_sealed(conn)?,
            AuditSeal::Invalid => false,
        },
    };
    let current = digests(PURPOSE, hash)?.into_iter().next();
    Ok(current
        .filter(|_| authentic)
        .unwrap_or_else(|| BROKEN.to_owned()))
}

/// True if any line has a seal. Reads the whole log, once in its life.
fn any_sealed(conn: &mut AnyConnection) -> Result<bool, TxError> {
    let sealed = audit_log::table.filter(audit_log::seal.is_not_null());
    Ok(diesel::select(exists(sealed)).get_result(conn)?)
}

//! The verification of an audit log of more lines than are checked at a time.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use sojourn_application::ports::AuditLog;
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, RepositoryError, UserId,
};

use super::append::record;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::test_support::databases::{FreshDatabase, fresh_databases};
use crate::test_support::marketplace::{now, uuid};

const LINES: i64 = 2003;

async fn fill(db: &Database) {
    let id = UserId::new(uuid());
    let fill = move |conn: &mut AnyConnection| -> Result<(), TxError> {
        (0..LINES).try_for_each(|minute| {
            let at = now() + TimeDelta::minutes(minute) + TimeDelta::nanoseconds(789);
            let entry = AuditEntry::of(
                &Actor::member(id),
                AuditAction::LoggedIn,
                AuditSubject::User(id),
                at,
            );
            record(conn, &entry)
        })
    };
    db.write::<(), RepositoryError>(fill).await.unwrap();
}

/// Changes a line after removing the trigger that forbids it.
async fn tamper(fresh: &FreshDatabase, number: i64) {
    let unguard = fresh.select(
        "ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only",
        "DROP TRIGGER IF EXISTS audit_log_update",
        "DROP TRIGGER IF EXISTS audit_log_update",
    );
    let change = format!("{unguard}; UPDATE audit_log SET was = 'x' WHERE number = {number}");
    let tamper = move |conn: &mut AnyConnection| Ok(conn.batch_execute(&change)?);
    fresh.database.read(tamper).await.unwrap();
}

#[tokio::test]
async fn a_long_log_is_checked_to_its_end() {
    for fresh in fresh_databases() {
        let db = &fresh.database;
        fill(db).await;
        let chain = db.verify_chain().await.unwrap();
        assert_eq!((chain.lines, chain.broken_at), (2003, None));
        for number in [LINES, 2000, 1001, 1000] {
            tamper(&fresh, number).await;
            let chain = db.verify_chain().await.unwrap();
            assert_eq!((chain.lines, chain.broken_at), (2003, Some(number)));
        }
    }
}

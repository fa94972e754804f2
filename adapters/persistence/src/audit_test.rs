//! An audit log of more lines than are examined at a time, over SQLite and PostgreSQL.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use sojourn_application::ports::AuditLog;
use sojourn_domain::shared::{Actor, AuditAction, AuditEntry, AuditSubject, StoreError, UserId};

use crate::audit::append_audit;
use crate::errors::TxError;
use crate::marketplace_test::{fresh, now, uuid};
use crate::{AnyConnection, Database};

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
            append_audit(conn, &entry)
        })
    };
    db.write::<(), StoreError>(fill).await.unwrap();
}

/// Changes a line past the guard.
async fn tamper(db: &Database, number: i64) {
    let tamper = move |conn: &mut AnyConnection| {
        let unguard = match conn {
            AnyConnection::Postgres(_) => {
                "ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only"
            }
            AnyConnection::Sqlite(_) => "DROP TRIGGER IF EXISTS audit_log_update",
        };
        conn.batch_execute(unguard)?;
        Ok(conn.batch_execute(&format!(
            "UPDATE audit_log SET was = 'x' WHERE number = {number}"
        ))?)
    };
    db.read(tamper).await.unwrap();
}

#[tokio::test]
async fn a_long_log_is_examined_to_its_end() {
    for fresh in fresh() {
        let db = &fresh.database;
        fill(db).await;
        let chain = db.examine().await.unwrap();
        assert_eq!((chain.lines, chain.broken_at), (2003, None));
        for number in [LINES, 2000, 1001, 1000] {
            tamper(db, number).await;
            let chain = db.examine().await.unwrap();
            assert_eq!((chain.lines, chain.broken_at), (2003, Some(number)));
        }
    }
}

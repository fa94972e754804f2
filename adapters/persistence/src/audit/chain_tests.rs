//! The verification of long, forged and resealed audit logs.

use std::sync::Arc;

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use sojourn_application::ports::{AuditLog, AuditSeal};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, RepositoryError, UserId,
};

use super::append::record;
use super::chain::load_after;
use crate::engine::connection::AnyConnection;
use crate::engine::database::{Database, OpenOptions};
use crate::engine::errors::TxError;
use crate::schema::audit::audit_log;
use crate::test_support::databases::{FreshDatabase, TestSigner, fresh_databases};
use crate::test_support::marketplace::{now, uuid};

const LINES: i64 = 2003;

async fn fill(db: &Database, lines: i64) {
    let id = UserId::new(uuid());
    let fill = move |conn: &mut AnyConnection| -> Result<(), TxError> {
        (0..lines).try_for_each(|minute| {
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

/// Removes the trigger that forbids to change lines.
fn unguard(fresh: &FreshDatabase) -> &'static str {
    fresh.select(
        "ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only",
        "DROP TRIGGER IF EXISTS audit_log_update",
        "DROP TRIGGER IF EXISTS audit_log_update",
    )
}

/// Changes lines.
async fn tamper(fresh: &FreshDatabase, number: i64) {
    change(fresh, &format!("was = 'x' WHERE number = {number}")).await;
}

async fn change(fresh: &FreshDatabase, change: &str) {
    let unguard = unguard(fresh);
    let change = format!("{unguard}; UPDATE audit_log SET {change}");
    let tamper = move |conn: &mut AnyConnection| Ok(conn.batch_execute(&change)?);
    fresh.database.read(tamper).await.unwrap();
}

#[tokio::test]
async fn a_long_log_is_checked_to_its_end() {
    for fresh in fresh_databases() {
        let db = &fresh.database;
        fill(db, LINES).await;
        let chain = db.verify_chain().await.unwrap();
        assert_eq!((chain.lines, chain.broken_at), (2003, None));
        for number in [LINES, 2000, 1001, 1000] {
            tamper(&fresh, number).await;
            let chain = db.verify_chain().await.unwrap();
            assert_eq!((chain.lines, chain.broken_at), (2003, Some(number)));
        }
    }
}

/// Changes the line with this number and hashes it and all later ones again, as a writer of the database can.
async fn rewrite(fresh: &FreshDatabase, number: i64) {
    let unguard = unguard(fresh);
    let rewrite = move |conn: &mut AnyConnection| {
        conn.batch_execute(unguard)?;
        let mut previous = None;
        for (mut row, _) in load_after(conn, 0)? {
            if row.number >= number {
                row.at += TimeDelta::seconds(i64::from(row.number == number));
                row.previous_hash = previous.unwrap_or(row.previous_hash);
                row.hash = row.digest()?;
                diesel::update(audit_log::table.filter(audit_log::number.eq(row.number)))
                    .set((
                        audit_log::at.eq(row.at),
                        audit_log::previous_hash.eq(&row.previous_hash),
                        audit_log::hash.eq(&row.hash),
                    ))
                    .execute(conn)?;
            }
            previous = Some(row.hash);
        }
        Ok(())
    };
    fresh.database.read(rewrite).await.unwrap();
}

#[tokio::test]
async fn a_rewritten_audit_log_is_detected_although_its_hashes_match() {
    for fresh in fresh_databases() {
        let db = &fresh.database;
        fill(db, 6).await;
        rewrite(&fresh, 4).await;
        assert_eq!(db.verify_chain().await.unwrap().broken_at, Some(4));
        // Neither later lines nor seals from elsewhere repair it.
        fill(db, 2).await;
        let chain = db.verify_chain().await.unwrap();
        assert_eq!((chain.lines, chain.broken_at), (8, Some(4)));
        assert_eq!(db.head().await.unwrap().unwrap().seal, AuditSeal::Invalid);
    }
}

#[tokio::test]
async fn removed_seals_are_detected() {
    for fresh in fresh_databases() {
        let db = &fresh.database;
        fill(db, 6).await;
        change(&fresh, "seal = NULL WHERE number > 4").await;
        assert_eq!(db.verify_chain().await.unwrap().broken_at, Some(5));
        fill(db, 1).await;
        assert_eq!(db.verify_chain().await.unwrap().broken_at, Some(5));
    }
}

#[tokio::test]
async fn lines_from_before_are_authenticated_by_the_next_one() {
    for fresh in fresh_databases() {
        let db = &fresh.database;
        fill(db, 6).await;
        change(&fresh, "seal = NULL WHERE number > 0").await;
        assert_eq!(db.head().await.unwrap().unwrap().seal, AuditSeal::Missing);
        assert_eq!(db.verify_chain().await.unwrap().broken_at, Some(1));
        fill(db, 2).await;
        let chain = db.verify_chain().await.unwrap();
        assert_eq!((chain.lines, chain.unsealed, chain.broken_at), (8, 6, None));
        rewrite(&fresh, 2).await;
        assert!(db.verify_chain().await.unwrap().broken_at.is_some());
    }
}

#[tokio::test]
async fn the_log_survives_a_rotation_of_the_secret() {
    for fresh in fresh_databases() {
        let open = |keys| {
            let signer = Some(Arc::new(TestSigner(keys)) as _);
            Database::open(&fresh.url, OpenOptions { threads: 1, signer }).unwrap()
        };
        fill(&fresh.database, 3).await;
        let rotated = open(&["new", "key"]);
        assert_eq!(
            rotated.head().await.unwrap().unwrap().seal,
            AuditSeal::Earlier
        );
        assert_eq!(rotated.verify_chain().await.unwrap().broken_at, None);
        fill(&rotated, 1).await;
        let later = open(&["new"]);
        assert_eq!(
            later.head().await.unwrap().unwrap().seal,
            AuditSeal::Current
        );
        assert_eq!(later.verify_chain().await.unwrap().broken_at, None);
        assert_eq!(
            open(&["other"]).verify_chain().await.unwrap().broken_at,
            Some(1)
        );
    }
}

//! Each migration of a filled database is reverted, with those after it, and run again.

use diesel::prelude::*;
use sojourn_application::ports::{
    AuditLog, Backoff, DebtWaiver, DebtWaivers, DueWork, ImportBatch, Importer, JobKind,
    LedgerQueries,
};
use sojourn_domain::ledger::{Finding, HostDebt, check_integrity, waive_debts};
use sojourn_domain::payment::Payment;
use sojourn_domain::property::{DayDiscount, Property, PropertyChange, PropertyRepository};
use sojourn_domain::review::{Review, ReviewRecord, ReviewText, Scores, Subject};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, BasisPoints, Money, RepositoryError, ReviewId,
    UserId,
};

use super::reverting::{add_payout_and_refunds, first_version, revert_last, schema};
use crate::audit::append::record;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::test_support::databases::fresh_databases;
use crate::test_support::marketplace::{now, paid_stay, seeded, uuid};

/// The first migration that leaves every row; those before it lose some.
const FIRST: &str = "20261127000007";

async fn execute(db: &Database, sql: &'static str) {
    let run = move |conn: &mut AnyConnection| -> Result<(), TxError> {
        diesel::sql_query(sql).execute(conn)?;
        Ok(())
    };
    db.write::<_, RepositoryError>(run).await.unwrap();
}

/// Rows in every table and column that the migrations change, but for reasons in the audit log.
async fn fill(db: &Database) {
    let (host, guest, properties) = seeded(db).await;
    let (booking, payment) = paid_stay(db, &properties[0], guest.id, "2026-08-01").await;
    let payment = add_payout_and_refunds(db, &booking, payment).await;
    paid_stay(db, &properties[1], guest.id, "2026-08-01").await;
    waive(db, host.id, &payment).await;
    add_reviews(db, &properties[2], host.id, guest.id).await;
    let (error, wait) = (
        "silent".to_owned(),
        Backoff::constant(chrono::TimeDelta::hours(1)),
    );
    db.put_off(JobKind::Review, uuid(), error, wait, now())
        .await
        .unwrap();
    let mut discounted = properties[3].details.clone();
    let pricing = discounted.pricing.as_mut().unwrap();
    pricing.weekly_discount_bps = BasisPoints::try_new(1_000).unwrap();
    pricing.early_bird = Some(DayDiscount {
        days_ahead: 30,
        discount_bps: BasisPoints::try_new(500).unwrap(),
    });
    let actor = Actor::member(host.id);
    let discounted = properties[3].clone().edit(&actor, discounted, now());
    let change = PropertyChange::of(discounted.unwrap());
    PropertyRepository::commit(db, change).await.unwrap();
}

/// Two published reviews by one guest, one of which counts.
async fn add_reviews(db: &Database, property: &Property, host: UserId, guest: UserId) {
    let review = |overall| {
        Review::restore(ReviewRecord {
            id: ReviewId::new(uuid()),
            booking_id: None,
            property_id: property.id,
            reviewer_id: guest,
            addressee_id: host,
            subject: Subject::Property,
            text: ReviewText {
                scores: Scores {
                    overall,
                    categories: Default::default(),
                },
                public_comment: "Fine".into(),
                private_note: None,
            },
            response: None,
            window_ends_at: now(),
            published_at: Some(now()),
            respond_by: None,
            created_at: now(),
            updated_at: now(),
            version: 1,
        })
        .unwrap()
    };
    let batch = ImportBatch {
        reviews: vec![review(5), review(2)],
        ..ImportBatch::default()
    };
    db.load(batch).await.unwrap();
    execute(db, "UPDATE reviews SET counted = FALSE WHERE overall = 2").await;
    execute(
        db,
        "UPDATE properties SET rating_sum = 5, rating_count = 1 WHERE rating_count = 2",
    )
    .await;
}

/// Waives more than a host owes, which the integrity check finds before and after.
async fn waive(db: &Database, host: UserId, payment: &Payment) {
    let (_, host_account) = db.debts(host, payment.currency()).await.unwrap();
    let debts = [HostDebt {
        property_id: payment.property_id,
        booking_id: payment.booking_id,
        host_id: host,
        amount: Money::new(100, payment.currency()),
    }];
    let (actor, subject) = (Actor::member(host), AuditSubject::User(host));
    let waiver = DebtWaiver {
        host_account,
        journal: waive_debts(&debts, uuid(), now()).unwrap(),
        audit: AuditEntry::of(&actor, AuditAction::DebtWaived, subject, now()),
    };
    DebtWaivers::commit(db, waiver).await.unwrap();
}

/// The findings of the integrity check, and the number of lines of the audit log, whose chain holds.
async fn integrity(db: &Database) -> (Vec<Finding>, u64) {
    let page = db.booking_snapshots(None, 10).await.unwrap();
    assert_eq!(page.damaged, []);
    let snapshots = page.snapshots;
    assert_eq!(snapshots.len(), 2);
    let mut findings: Vec<_> = snapshots.iter().flat_map(check_integrity).collect();
    findings.extend(db.orphan_findings().await.unwrap());
    (findings, db.verify_chain().await.unwrap().lines)
}

/// Reverts so many migrations; the version of the last one.
async fn revert(db: &Database, steps: usize) -> Result<String, RepositoryError> {
    db.run(move |conn: &mut AnyConnection| {
        let mut version = String::new();
        for _ in 0..steps {
            version = revert_last(conn)?;
        }
        Ok(version)
    })
    .await
}

#[tokio::test]
async fn each_migration_is_reverted_and_run_again_on_filled_tables() {
    for fresh in fresh_databases() {
        let db = &fresh.database;
        fill(db).await;
        let (current, sound) = (schema(db).await, integrity(db).await);
        let first = db.run(|conn: &mut AnyConnection| -> Result<_, RepositoryError> {
            Ok(first_version(conn).max(FIRST))
        });
        let first = first.await.unwrap();
        let mut steps = 1;
        loop {
            let version = revert(db, steps).await.unwrap();
            if version.as_str() <= first && first > FIRST {
                break; // no row is left by the first migration of MySQL
            }
            db.migrate().unwrap();
            assert_eq!(schema(db).await, current, "{version} on {}", fresh.url);
            assert_eq!(integrity(db).await, sound, "{version} on {}", fresh.url);
            if version == first {
                break;
            }
            steps += 1;
        }
        assert!(steps >= 9, "{steps}");
    }
}

#[tokio::test]
async fn reasons_in_the_audit_log_are_not_lost_by_a_revert() {
    for fresh in fresh_databases() {
        let db = &fresh.database;
        let (host, ..) = seeded(db).await;
        let (actor, subject) = (Actor::member(host.id), AuditSubject::User(host.id));
        let entry = AuditEntry::of(&actor, AuditAction::DebtWaived, subject, now());
        let entry = entry.with_reason("a gesture");
        let append = move |conn: &mut AnyConnection| record(conn, &entry);
        db.write::<_, RepositoryError>(append).await.unwrap();
        let current = schema(db).await;
        let refused = loop {
            if let Err(error) = revert(db, 1).await {
                break error;
            }
        };
        let named = "audit_lines_with_reasons_cannot_be_reverted";
        assert!(refused.to_string().contains(named), "{refused}");
        db.migrate().unwrap();
        assert_eq!(schema(db).await, current, "on {}", fresh.url);
        assert_eq!(db.verify_chain().await.unwrap().lines, 1);
    }
}

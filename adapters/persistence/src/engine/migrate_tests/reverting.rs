//! Migrations are reverted and run again on filled databases.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::MigrationHarness;
use sojourn_application::ports::{AuditLog, LedgerQueries, Session, SessionStore};
use sojourn_domain::booking::{Booking, BookingRepository};
use sojourn_domain::ledger::{BookingFunds, send_payout};
use sojourn_domain::payment::{
    EntryKind, GatewayOutcome, Payment, PaymentChange, PaymentRepository,
};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, Money, PaymentEntryId, RepositoryError, SessionId,
};
use sojourn_domain::user::{SecondFactor, SecondFactorChange, SecondFactorRepository, User};

use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
#[cfg(feature = "mysql")]
use crate::engine::migrate::MYSQL;
use crate::engine::migrate::{POSTGRES, SQLITE};
use crate::test_support::databases::fresh_databases;
use crate::test_support::marketplace::{now, paid_stay, seeded, uuid};

#[derive(QueryableByName, PartialEq, Eq, Debug)]
pub(super) struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

const SQLITE_SCHEMA: &str = "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') AS line FROM sqlite_master \
     WHERE name NOT LIKE 'sqlite_%' ORDER BY 1";

const POSTGRES_SCHEMA: &str = "SELECT line FROM ( \
     SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, generation_expression) \
     AS line FROM information_schema.columns WHERE table_schema = current_schema() UNION ALL \
     SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint \
     WHERE connamespace = current_schema()::regnamespace UNION ALL \
     SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() UNION ALL \
     SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
     WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace UNION ALL \
     SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace) AS lines \
     ORDER BY 1";

#[cfg(feature = "mysql")]
const MYSQL_SCHEMA: &str = "SELECT line FROM ( \
     SELECT CONCAT_WS(' ', table_name, column_name, column_type, is_nullable, column_default, collation_name, \
     generation_expression) AS line FROM information_schema.columns WHERE table_schema = DATABASE() UNION ALL \
     SELECT CONCAT_WS(' ', table_name, constraint_name, constraint_type) FROM information_schema.table_constraints \
     WHERE constraint_schema = DATABASE() UNION ALL \
     SELECT CONCAT_WS(' ', table_name, index_name, seq_in_index, column_name, non_unique) \
     FROM information_schema.statistics WHERE table_schema = DATABASE() UNION ALL \
     SELECT CONCAT_WS(' ', constraint_name, check_clause) FROM information_schema.check_constraints \
     WHERE constraint_schema = DATABASE() UNION ALL \
     SELECT CONCAT_WS(' ', trigger_name, event_manipulation, event_object_table, action_statement) \
     FROM information_schema.triggers WHERE trigger_schema = DATABASE()) AS all_lines ORDER BY 1";

pub(super) async fn schema(db: &Database) -> Vec<Line> {
    let lines = |conn: &mut AnyConnection| {
        let query = match conn {
            AnyConnection::Postgres(_) => POSTGRES_SCHEMA,
            AnyConnection::Sqlite(_) => SQLITE_SCHEMA,
            #[cfg(feature = "mysql")]
            AnyConnection::Mysql(_) => MYSQL_SCHEMA,
        };
        Ok(diesel::sql_query(query).load(conn)?)
    };
    db.read(lines).await.unwrap()
}

/// The migration before which the test begins.
const MIGRATION: &str = "20261121000003";

/// The first migration of MySQL, before which there is no schema.
#[cfg(feature = "mysql")]
const FIRST_OF_MYSQL: &str = "20261127000011";

/// The version of the first migration of a test, on this connection.
pub(super) fn first_version(conn: &AnyConnection) -> &'static str {
    match conn {
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(_) => FIRST_OF_MYSQL,
        AnyConnection::Postgres(_) | AnyConnection::Sqlite(_) => MIGRATION,
    }
}

/// Reverts the last migration; its version.
pub(super) fn revert_last(conn: &mut AnyConnection) -> Result<String, RepositoryError> {
    let reverted = match conn {
        AnyConnection::Postgres(inner) => inner.revert_last_migration(POSTGRES),
        AnyConnection::Sqlite(inner) => inner.revert_last_migration(SQLITE),
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(inner) => inner.revert_last_migration(MYSQL),
    };
    let version = reverted.map_err(|error| RepositoryError::Internal(error.to_string()))?;
    Ok(version.to_string())
}

/// Reverts this migration and all after it.
async fn revert(db: &Database) {
    let revert_all = |conn: &mut AnyConnection| -> Result<(), RepositoryError> {
        while revert_last(conn)? != first_version(conn) {}
        Ok(())
    };
    db.run(revert_all).await.unwrap();
}

/// Adds to a payment what the earlier schema does not have: a payout between the capture and a refund, and a refund
/// that the gateway has not answered.
pub(super) async fn add_payout_and_refunds(
    db: &Database,
    booking: &Booking,
    payment: Payment,
) -> Payment {
    let due = payment.payouts[0].due_at;
    let before = BookingFunds {
        booking,
        payment: Some(&payment),
    };
    let call = PaymentEntryId::new(uuid());
    let sent = send_payout(before, payment.payouts[0].id, &[], call, due).unwrap();
    let (_, account) = db.debts(booking.host_id, payment.currency()).await.unwrap();
    let change = PaymentChange {
        payment: sent.payment.unwrap(),
        journal: sent.journal,
        host_account: Some(account),
        audit: None,
    };
    PaymentRepository::commit(db, change).await.unwrap();
    let part = Money::new(1_000, payment.currency());
    for answered in [true, true, false] {
        let payment = PaymentRepository::get(db, payment.id)
            .await
            .unwrap()
            .unwrap();
        let before = BookingFunds {
            booking,
            payment: Some(&payment),
        };
        let moved = match payment.pending_calls.first() {
            Some(call) if answered => {
                let done = GatewayOutcome::Succeeded {
                    reference: "re_1".to_owned(),
                };
                payment.clone().record_outcome(call.id, done, due).unwrap()
            }
            _ => payment.clone(),
        };
        let by = Some(sojourn_domain::shared::BookingRole::Host);
        let moved = moved
            .refund(&mut uuid, part, Some("noise"), by, due)
            .unwrap();
        let change = PaymentChange::with_settlement(before, moved, "", &mut uuid, due).unwrap();
        PaymentRepository::commit(db, change).await.unwrap();
    }
    PaymentRepository::get(db, payment.id)
        .await
        .unwrap()
        .unwrap()
}

/// Stores a session, a second factor and an audit line; returns what is left of the session after the revert.
async fn add_session_and_second_factor(db: &Database, user: &User) -> Session {
    let session = Session {
        id: SessionId::new(uuid()),
        user_id: user.id,
        created_at: now(),
        last_used_at: now(),
        expires_at: now() + chrono::TimeDelta::days(30),
        user_agent: None,
        address: Some("192.0.2.7".parse().unwrap()),
    };
    assert!(
        SessionStore::open(db, session.clone(), "token", user)
            .await
            .unwrap()
    );
    let factor = SecondFactor::enrol(None, user.id, "sealed".to_owned()).unwrap();
    let (actor, subject) = (Actor::member(user.id), AuditSubject::User(user.id));
    let audit = Some(AuditEntry::of(
        &actor,
        AuditAction::SecondFactorEnabled,
        subject,
        now(),
    ));
    SecondFactorRepository::commit(
        db,
        SecondFactorChange {
            factor,
            audit,
            notice: None,
        },
    )
    .await
    .unwrap();
    assert_eq!(db.verify_chain().await.unwrap().lines, 1);
    Session {
        address: None,
        ..session
    }
}

#[tokio::test]
async fn reverting_and_migrating_again_gives_the_same_schema_on_a_filled_database() {
    for fresh in fresh_databases() {
        let db = &fresh.database;
        let current = schema(db).await;
        revert(db).await;
        let before = schema(db).await;
        assert_ne!(before, current);
        db.migrate().unwrap();
        assert_eq!(schema(db).await, current);
        if fresh.url.starts_with("mysql") {
            continue; // no row is left by the first migration
        }

        let (_, guest, properties) = seeded(db).await;
        let (booking, payment) = paid_stay(db, &properties[0], guest.id, "2026-08-01").await;
        let payment = add_payout_and_refunds(db, &booking, payment).await;
        let session = add_session_and_second_factor(db, &guest).await;
        let kinds: Vec<EntryKind> = payment.entries.iter().map(|entry| entry.kind).collect();
        assert_eq!(
            kinds,
            [EntryKind::Capture, EntryKind::Payout, EntryKind::Refund]
        );
        assert_eq!(payment.pending_calls.len(), 2);

        revert(db).await;
        assert_eq!(schema(db).await, before);
        db.migrate().unwrap();
        assert_eq!(schema(db).await, current);
        assert_eq!(
            SessionStore::get(db, session.id, guest.id, now())
                .await
                .unwrap()
                .map(|open| open.session),
            Some(session)
        );
        assert_eq!(db.verify_chain().await.unwrap().lines, 0);
        assert_eq!(
            BookingRepository::get(db, booking.id).await.unwrap(),
            Some(booking.clone())
        );
        assert_payment_survived(db, &payment).await;
    }
}

/// The capture and the last refund still have their references, and the payment can be changed.
async fn assert_payment_survived(db: &Database, payment: &Payment) {
    let get = async || PaymentRepository::get(db, payment.id).await.unwrap();
    let found = get().await.unwrap();
    let capture = &found.entries[0];
    assert_eq!(
        (capture.id, capture.reference.as_deref()),
        (payment.entries[0].id, Some("ch_1"))
    );
    let refund = &found.entries[1];
    assert_eq!(
        (refund.id, refund.against),
        (payment.entries[2].id, Some(capture.id))
    );
    let call = &found.pending_calls[1];
    assert_eq!(
        (call.id, call.against),
        (payment.pending_calls[1].id, Some(capture.id))
    );
    assert!(found.payouts.is_empty());
    let done = GatewayOutcome::Succeeded {
        reference: "re_2".to_owned(),
    };
    let call = found.pending_calls[0].id;
    let changed = found.record_outcome(call, done, now()).unwrap();
    let change = PaymentChange {
        payment: changed.clone(),
        journal: Vec::new(),
        host_account: None,
        audit: None,
    };
    PaymentRepository::commit(db, change).await.unwrap();
    assert_eq!(get().await, Some(changed));
}

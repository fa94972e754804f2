//! Migrations go down and up again on databases that are filled.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::MigrationHarness;
use sojourn_application::ports::{AuditLog, LedgerQueries, Session, SessionStore};
use sojourn_domain::booking::{Booking, BookingRepository};
use sojourn_domain::ledger::{Books, pay_out};
use sojourn_domain::payment::{
    EntryKind, GatewayOutcome, Payment, PaymentChange, PaymentRepository,
};
use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, Money, PaymentEntryId, SessionId, StoreError,
};
use sojourn_domain::user::{SecondFactor, SecondFactorChange, SecondFactorRepository, User};

use crate::marketplace_test::{fresh, now, seeded, uuid};
use crate::migrate::{POSTGRES, SQLITE};
use crate::money_test::paid;
use crate::{AnyConnection, Database};

#[derive(QueryableByName, PartialEq, Eq, Debug)]
struct Line {
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

async fn schema(db: &Database) -> Vec<Line> {
    let lines = |conn: &mut AnyConnection| {
        Ok(match conn {
            AnyConnection::Postgres(inner) => diesel::sql_query(POSTGRES_SCHEMA).load(inner)?,
            AnyConnection::Sqlite(inner) => diesel::sql_query(SQLITE_SCHEMA).load(inner)?,
        })
    };
    db.read(lines).await.unwrap()
}

const MIGRATION: &str = "20261121000003";

/// Goes back to the schema before that migration.
async fn down(db: &Database) {
    let revert = |conn: &mut AnyConnection| -> Result<(), StoreError> {
        loop {
            let reverted = match conn {
                AnyConnection::Postgres(inner) => inner.revert_last_migration(POSTGRES),
                AnyConnection::Sqlite(inner) => inner.revert_last_migration(SQLITE),
            };
            let version = reverted.map_err(|error| StoreError::Corrupt(error.to_string()))?;
            if version.to_string() == MIGRATION {
                return Ok(());
            }
        }
    };
    db.run(revert).await.unwrap();
}

/// A payment with everything that the schema before knows nothing of: a payout between the capture and a refund,
/// and a refund that is being made.
async fn rich(db: &Database, booking: &Booking, payment: Payment) -> Payment {
    let due = payment.payouts[0].due_at;
    let before = Books {
        booking,
        payment: Some(&payment),
    };
    let call = PaymentEntryId::new(uuid());
    let sent = pay_out(before, payment.payouts[0].id, &[], call, due).unwrap();
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
        let before = Books {
            booking,
            payment: Some(&payment),
        };
        let moved = match payment.calls.first() {
            Some(call) if answered => {
                let done = GatewayOutcome::Done {
                    reference: "re_1".to_owned(),
                };
                payment.clone().answered(call.id, done, due).unwrap()
            }
            _ => payment.clone(),
        };
        let by = Some(sojourn_domain::shared::Party::Host);
        let moved = moved
            .refund(&mut uuid, part, Some("noise"), by, due)
            .unwrap();
        let change = PaymentChange::settled(before, moved, "", &mut uuid, due).unwrap();
        PaymentRepository::commit(db, change).await.unwrap();
    }
    PaymentRepository::get(db, payment.id)
        .await
        .unwrap()
        .unwrap()
}

/// A session, a second factor, and a line about it; returns what is left of the session by the way back.
async fn entered(db: &Database, user: &User) -> Session {
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
    SecondFactorRepository::commit(db, SecondFactorChange { factor, audit })
        .await
        .unwrap();
    assert_eq!(db.examine().await.unwrap().lines, 1);
    Session {
        address: None,
        ..session
    }
}

#[tokio::test]
async fn down_and_up_again_gives_the_same_schema_on_a_filled_database() {
    for fresh in fresh() {
        let db = &fresh.database;
        let now_here = schema(db).await;
        down(db).await;
        let before = schema(db).await;
        assert_ne!(before, now_here);
        db.migrate().unwrap();
        assert_eq!(schema(db).await, now_here);

        let (_, guest, properties) = seeded(db).await;
        let (booking, payment) = paid(db, &properties[0], guest.id, "2026-08-01").await;
        let payment = rich(db, &booking, payment).await;
        let session = entered(db, &guest).await;
        let kinds: Vec<EntryKind> = payment.entries.iter().map(|entry| entry.kind).collect();
        assert_eq!(
            kinds,
            [EntryKind::Capture, EntryKind::Payout, EntryKind::Refund]
        );
        assert_eq!(payment.calls.len(), 2);

        down(db).await;
        assert_eq!(schema(db).await, before);
        db.migrate().unwrap();
        assert_eq!(schema(db).await, now_here);
        assert_eq!(
            SessionStore::get(db, session.id, guest.id, now())
                .await
                .unwrap(),
            Some(session)
        );
        assert_eq!(db.examine().await.unwrap().lines, 0);
        assert_eq!(
            BookingRepository::get(db, booking.id).await.unwrap(),
            Some(booking.clone())
        );
        let found = PaymentRepository::get(db, payment.id)
            .await
            .unwrap()
            .unwrap();
        let capture = &found.entries[0];
        assert_eq!(
            (capture.id, capture.reference.as_deref()),
            (payment.entries[0].id, Some("ch_1"))
        );
        let (refund, call) = (&found.entries[1], &found.calls[1]);
        assert_eq!(
            (refund.id, refund.against),
            (payment.entries[2].id, Some(capture.id))
        );
        assert_eq!(
            (call.id, call.against),
            (payment.calls[1].id, Some(capture.id))
        );
        assert!(found.payouts.is_empty());
        let done = GatewayOutcome::Done {
            reference: "re_2".to_owned(),
        };
        let moved = found
            .clone()
            .answered(found.calls[0].id, done, now())
            .unwrap();
        let change = PaymentChange {
            payment: moved.clone(),
            journal: Vec::new(),
            host_account: None,
            audit: None,
        };
        PaymentRepository::commit(db, change).await.unwrap();
        assert_eq!(
            PaymentRepository::get(db, payment.id).await.unwrap(),
            Some(moved)
        );
    }
}

//! What operators look at, over SQLite and PostgreSQL: in how many statements it is read, and by which index.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use diesel::connection::InstrumentationEvent;
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl};
use sojourn_application::ports::{
    AccountState, AuditFilter, AuditLog, PropertyFilter, Queries, SessionStore, UserFilter,
};
use sojourn_domain::ledger::Books;
use sojourn_domain::payment::{GatewayOutcome, PaymentChange, PaymentRepository};
use sojourn_domain::property::{Property, PropertyStatus};
use sojourn_domain::shared::{
    AuditAction, AuditSubject, Money, PageRequest, Party, StoreError, UserId,
};
use sojourn_domain::user::User;

use crate::marketplace_test::{fresh, now, page, seeded, uuid};
use crate::money_test::{counted, paid};
use crate::{AnyConnection, Database, OpenOptions};

async fn refunded(db: &Database, property: &Property, guest: UserId, from: &str, minutes: i64) {
    let (booking, payment) = paid(db, property, guest, from).await;
    let at = now() + TimeDelta::minutes(minutes);
    let part = Money::new(100 + minutes, payment.currency());
    let before = Books {
        booking: &booking,
        payment: Some(&payment),
    };
    let moved = payment
        .clone()
        .refund(&mut uuid, part, Some("noise"), Some(Party::Host), at)
        .unwrap();
    let change = PaymentChange::settled(before, moved, "", &mut uuid, at).unwrap();
    PaymentRepository::commit(db, change).await.unwrap();
    let payment = PaymentRepository::get(db, payment.id)
        .await
        .unwrap()
        .unwrap();
    let before = Books {
        booking: &booking,
        payment: Some(&payment),
    };
    let done = GatewayOutcome::Done {
        reference: "re_1".to_owned(),
    };
    let moved = payment
        .clone()
        .answered(payment.calls[0].id, done, at)
        .unwrap();
    let change = PaymentChange::settled(before, moved, "", &mut uuid, at).unwrap();
    PaymentRepository::commit(db, change).await.unwrap();
}

/// Asks each of the new questions once, with and without each of its filters.
async fn ask_everything(db: &Database, user: &User) {
    let after = || Some(format!("{}|{}", now().timestamp_micros(), user.id));
    let pages = |after| [page(2, None), page(2, after)];
    let everybody = AuditFilter::default();
    let one = AuditSubject::User(user.id);
    for request in pages(Some(format!("{}|7", now().timestamp_micros()))) {
        for filter in [
            everybody,
            AuditFilter {
                actor: Some(user.id),
                ..everybody
            },
            AuditFilter {
                subject: Some(one),
                ..everybody
            },
            AuditFilter {
                action: Some(AuditAction::Denied),
                ..everybody
            },
            AuditFilter {
                from: Some(now()),
                ..everybody
            },
        ] {
            AuditLog::page(db, filter, request.clone()).await.unwrap();
        }
    }
    for request in pages(after()) {
        db.refunds(request.clone()).await.unwrap();
        for (status, host) in [
            (None, None),
            (Some(PropertyStatus::Suspended), None),
            (None, Some(user.id)),
        ] {
            Queries::properties(db, PropertyFilter { status, host }, request.clone())
                .await
                .unwrap();
        }
    }
    let state = Some(AccountState::Suspended);
    for request in pages(Some(user.id.to_string())) {
        let request = PageRequest {
            limit: 2,
            ..request
        };
        Queries::users(
            db,
            UserFilter {
                state,
                ..UserFilter::default()
            },
            request,
        )
        .await
        .unwrap();
    }
    db.obligations(user.id).await.unwrap();
    db.is_known_at(&user.email, "192.0.2.7".parse().unwrap(), now())
        .await
        .unwrap();
}

/// Five audit pages, one of refunds, three of properties and one of accounts, each twice; what an account owes; and
/// from where its owner comes, which is in two tables.
const QUESTIONS: u32 = 2 * (5 + 1 + 3 + 1) + 1 + 2;

#[tokio::test]
async fn a_question_takes_one_statement() {
    for fresh in fresh() {
        let db = &fresh.database;
        let (host, guest, properties) = seeded(db).await;
        for (minutes, property) in (0..).zip(&properties) {
            refunded(db, property, guest.id, "2026-08-01", minutes).await;
        }
        let (one, count) = counted(&fresh.url).await;
        count.store(0, Ordering::Relaxed);
        ask_everything(&one, &host).await;
        assert_eq!(count.load(Ordering::Relaxed), QUESTIONS);
    }
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[tokio::test]
async fn every_question_is_answered_from_an_index() {
    let both = fresh();
    let fresh = &both[0];
    let (host, _, _) = seeded(&fresh.database).await;
    let db = Database::open(&fresh.url, OpenOptions { threads: 1 }).unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let listen = move |conn: &mut AnyConnection| -> Result<(), StoreError> {
        let seen = Arc::clone(&seen);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                seen.lock().unwrap().push(query.to_string());
            }
        });
        Ok(())
    };
    db.run(listen).await.unwrap();
    ask_everything(&db, &host).await;
    let asked: Vec<String> = asked.lock().unwrap().drain(..).collect();
    assert_eq!(asked.len(), QUESTIONS as usize);
    for query in asked {
        let explain = format!("EXPLAIN QUERY PLAN {query}");
        let steps: Vec<Step> = fresh
            .database
            .read(move |conn| Ok(diesel::sql_query(&explain).load(conn)?))
            .await
            .unwrap();
        // An index is walked from its end only where nothing narrows the question down.
        let narrowed = ["= ?", "< (?"].iter().any(|sign| query.contains(sign));
        for step in steps.iter().map(|step| step.detail.as_str()) {
            let walked = !narrowed && step.starts_with("SCAN") && step.contains("USING INDEX");
            let looked_up = ["SEARCH", "SCALAR SUBQUERY", "SCAN CONSTANT ROW"];
            assert!(
                walked || looked_up.iter().any(|sign| step.starts_with(sign)),
                "{step}: {query}"
            );
        }
    }
}

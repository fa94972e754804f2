//! The lists of operators take one statement each, over an index.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};
use sojourn_application::ports::{
    AccountState, AuditFilter, AuditLog, PaymentQueries, PropertyFilter, PropertyQueries,
    SessionStore, UserFilter, UserQueries,
};
use sojourn_domain::ledger::BookingFunds;
use sojourn_domain::payment::{GatewayOutcome, PaymentChange, PaymentRepository};
use sojourn_domain::property::{Property, PropertyStatus};
use sojourn_domain::shared::{AuditAction, AuditSubject, BookingRole, Money, UserId};
use sojourn_domain::user::User;

use crate::engine::database::Database;
use crate::test_support::databases::{fresh_databases, observed, with_statement_count};
use crate::test_support::marketplace::{now, page, paid_stay, seeded, uuid};

async fn refund(db: &Database, property: &Property, guest: UserId, from: &str, minutes: i64) {
    let (booking, payment) = paid_stay(db, property, guest, from).await;
    let at = now() + TimeDelta::minutes(minutes);
    let part = Money::new(100 + minutes, payment.currency());
    let before = BookingFunds {
        booking: &booking,
        payment: Some(&payment),
    };
    let moved = payment
        .clone()
        .refund(&mut uuid, part, Some("noise"), Some(BookingRole::Host), at)
        .unwrap();
    let change = PaymentChange::with_settlement(before, moved, "", &mut uuid, at).unwrap();
    PaymentRepository::commit(db, change).await.unwrap();
    let payment = PaymentRepository::get(db, payment.id)
        .await
        .unwrap()
        .unwrap();
    let before = BookingFunds {
        booking: &booking,
        payment: Some(&payment),
    };
    let done = GatewayOutcome::Succeeded {
        reference: "re_1".to_owned(),
    };
    let moved = payment
        .clone()
        .record_outcome(payment.pending_calls[0].id, done, at)
        .unwrap();
    let change = PaymentChange::with_settlement(before, moved, "", &mut uuid, at).unwrap();
    PaymentRepository::commit(db, change).await.unwrap();
}

/// Runs each query with and without each of its filters.
async fn run_all_queries(db: &Database, user: &User) {
    run_audit_queries(db, user).await;
    let pages = |after| [page(2, None), page(2, Some(after))];
    for request in pages(format!("{}|{}", now().timestamp_micros(), user.id)) {
        db.refunds(request.clone()).await.unwrap();
        for (status, host) in [
            (None, None),
            (Some(PropertyStatus::Suspended), None),
            (None, Some(user.id)),
        ] {
            let filter = PropertyFilter { status, host };
            PropertyQueries::properties(db, filter, request.clone())
                .await
                .unwrap();
        }
    }
    for request in pages(user.id.to_string()) {
        let filter = UserFilter {
            state: Some(AccountState::Suspended),
            ..UserFilter::default()
        };
        UserQueries::users(db, filter, request).await.unwrap();
    }
    db.obligations(user.id).await.unwrap();
    db.is_known_address(&user.email, "192.0.2.7".parse().unwrap(), now())
        .await
        .unwrap();
}

async fn run_audit_queries(db: &Database, user: &User) {
    let everything = AuditFilter::default();
    let by_actor = AuditFilter {
        actor: Some(user.id),
        ..everything
    };
    let by_subject = AuditFilter {
        subject: Some(AuditSubject::User(user.id)),
        ..everything
    };
    let by_action = AuditFilter {
        action: Some(AuditAction::Denied),
        ..everything
    };
    let by_time = AuditFilter {
        from: Some(now()),
        ..everything
    };
    let after = format!("{}|7", now().timestamp_micros());
    for request in [page(2, None), page(2, Some(after))] {
        for filter in [everything, by_actor, by_subject, by_action, by_time] {
            AuditLog::page(db, filter, request.clone()).await.unwrap();
        }
    }
}

/// Five audit pages, one of refunds, three of properties and one of accounts, each twice; the obligations of an
/// account; and its known addresses, which are in two tables.
const QUERIES: u32 = 2 * (5 + 1 + 3 + 1) + 1 + 2;

#[tokio::test]
async fn each_query_takes_one_statement() {
    for fresh in fresh_databases() {
        let db = &fresh.database;
        let (host, guest, properties) = seeded(db).await;
        for (minutes, property) in (0..).zip(&properties) {
            refund(db, property, guest.id, "2026-08-01", minutes).await;
        }
        let (one, count) = with_statement_count(&fresh.url).await;
        count.store(0, Ordering::Relaxed);
        run_all_queries(&one, &host).await;
        assert_eq!(count.load(Ordering::Relaxed), QUERIES);
    }
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[tokio::test]
async fn each_query_uses_an_index() {
    let all = fresh_databases();
    let fresh = &all[0];
    let (host, _, _) = seeded(&fresh.database).await;
    let statements = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&statements);
    let db = observed(&fresh.url, move |query| seen.lock().unwrap().push(query)).await;
    run_all_queries(&db, &host).await;
    let statements: Vec<String> = statements.lock().unwrap().drain(..).collect();
    assert_eq!(statements.len(), QUERIES as usize);
    for query in statements {
        let explain = format!("EXPLAIN QUERY PLAN {query}");
        let steps: Vec<Step> = fresh
            .database
            .read(move |conn| Ok(diesel::sql_query(&explain).load(conn)?))
            .await
            .unwrap();
        // An index is scanned from its end only where no filter narrows the query down.
        let narrowed = ["= ?", "< (?"].iter().any(|sign| query.contains(sign));
        for step in steps.iter().map(|step| step.detail.as_str()) {
            let scanned = !narrowed && step.starts_with("SCAN") && step.contains("USING INDEX");
            let looked_up = ["SEARCH", "SCALAR SUBQUERY", "SCAN CONSTANT ROW"];
            assert!(
                scanned || looked_up.iter().any(|sign| step.starts_with(sign)),
                "{step}: {query}"
            );
        }
    }
}

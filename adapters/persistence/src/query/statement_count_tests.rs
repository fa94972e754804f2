//! The pages of the ledger take a constant number of statements.

use std::sync::atomic::{AtomicU32, Ordering};

use sojourn_application::ports::{JournalFilter, LedgerQueries, PayoutFilter};
use sojourn_domain::payment::PaymentRepository;
use sojourn_domain::shared::UserId;

use crate::engine::database::Database;
use crate::test_support::databases::{fresh_databases, with_statement_count};
use crate::test_support::marketplace::{now, page, paid_stay, seeded};

/// The statements that each page takes, and the rows that they find.
async fn count_statements(db: &Database, count: &AtomicU32, host: UserId) -> (Vec<u32>, usize) {
    let mut counts = Vec::new();
    let mut note = || counts.push(count.swap(0, Ordering::Relaxed));
    note();
    let snapshots = db.booking_snapshots(None, 50).await.unwrap().snapshots;
    note();
    let entries = db
        .entries(JournalFilter::default(), page(50, None))
        .await
        .unwrap();
    note();
    let payouts = db
        .payouts(PayoutFilter::default(), page(50, None))
        .await
        .unwrap();
    note();
    db.host_balances(host).await.unwrap();
    note();
    db.debts(host, snapshots[0].booking.price.currency())
        .await
        .unwrap();
    note();
    db.payouts_due(now() + chrono::TimeDelta::days(400), 50)
        .await
        .unwrap();
    note();
    db.orphan_findings().await.unwrap();
    note();
    let rows = snapshots.len() + entries.data.len() + payouts.data.len();
    (counts.split_off(1), rows)
}

#[tokio::test]
async fn a_page_takes_as_many_statements_for_one_row_as_for_many() {
    for fresh in fresh_databases() {
        let db = &fresh.database;
        let (host, guest, properties) = seeded(db).await;
        let (one, count) = with_statement_count(&fresh.url).await;
        paid_stay(db, &properties[0], guest.id, "2026-08-01").await;
        let (few, rows) = count_statements(&one, &count, host.id).await;
        assert_eq!(rows, 1 + 2 + 1);
        for day in ["2026-08-05", "2026-08-09", "2026-08-13"] {
            for property in &properties {
                paid_stay(db, property, guest.id, day).await;
            }
        }
        let (many, rows) = count_statements(&one, &count, host.id).await;
        assert_eq!(rows, 16 + 32 + 16);
        assert_eq!(few, many);
        // Bookings, payments with entries, calls and payouts, journal, nights, and the transaction.
        assert!(few[0] <= 7 + 2, "{few:?}");
        assert_eq!(few[1..3], [1, 1], "{few:?}");
    }
}

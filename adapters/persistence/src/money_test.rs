//! The books over SQLite and PostgreSQL: how many statements their pages take, and that they can be loaded.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::Connection;
use diesel::connection::InstrumentationEvent;
use sojourn_application::ports::{
    ImportBatch, ImportCounts, Importer, JournalFilter, LedgerQueries, PayoutFilter,
};
use sojourn_domain::booking::{Booking, BookingRepository};
use sojourn_domain::ledger::{Books, audit};
use sojourn_domain::payment::{Call, CallKind, GatewayOutcome, Payment, PaymentRepository};
use sojourn_domain::property::Property;
use sojourn_domain::shared::{PaymentEntryId, PaymentId, StoreError, UserId};

use crate::marketplace_test::{fresh, hold, now, page, read, seeded, uuid};
use crate::{Database, OpenOptions};

/// A stay that is paid, posted, and has its payout planned.
pub(crate) async fn paid(
    db: &Database,
    property: &Property,
    guest: UserId,
    from: &str,
) -> (Booking, Payment) {
    let held = hold(property, guest, from, 3);
    let booking = read(&held.booking);
    BookingRepository::commit(db, held).await.unwrap();
    let call = Call {
        id: PaymentEntryId::new(uuid()),
        kind: CallKind::Capture,
        amount: booking.price.total,
        method: Some("pm_card_visa".to_owned()),
        reason: None,
        at: now(),
        against: None,
        borne_by: None,
    };
    let id = call.id;
    let payment = Payment::begin(PaymentId::new(uuid()), booking.id, property.id, call);
    let begun = booking.begin_payment(payment, now()).unwrap();
    let (booking, payment) = (read(&begun.booking), begun.payment.clone().unwrap());
    BookingRepository::commit(db, begun).await.unwrap();
    let payment = Payment::restore(payment.into_record());
    let answered = payment
        .clone()
        .answered(
            id,
            GatewayOutcome::Done {
                reference: "ch_1".to_owned(),
            },
            now(),
        )
        .unwrap();
    let before = Books {
        booking: &booking,
        payment: Some(&payment),
    };
    let change = booking
        .clone()
        .captured("ABCDEFGHJK".to_owned(), now())
        .unwrap()
        .paying(answered);
    let change = change.settled(before, "paid", &mut uuid, now()).unwrap();
    BookingRepository::commit(db, change.clone()).await.unwrap();
    let payment = BookingRepository::with_payment(db, booking.id)
        .await
        .unwrap()
        .unwrap()
        .1
        .unwrap();
    (read(&change.booking), payment)
}

/// A database with one connection, whose statements are counted.
pub(crate) async fn counted(url: &str) -> (Database, Arc<AtomicU32>) {
    let database = Database::open(url, OpenOptions { threads: 1 }).unwrap();
    let count = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&count);
    let count_on = move |conn: &mut crate::AnyConnection| -> Result<(), StoreError> {
        let seen = Arc::clone(&seen);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                seen.fetch_add(1, Ordering::Relaxed);
            }
        });
        Ok(())
    };
    database.run(count_on).await.unwrap();
    (database, count)
}

/// What each page takes, and how many rows came of it.
async fn take(db: &Database, count: &AtomicU32, host: UserId) -> (Vec<u32>, usize) {
    let mut taken = Vec::new();
    let mut note = || taken.push(count.swap(0, Ordering::Relaxed));
    note();
    let dossiers = db.dossiers(None, 50).await.unwrap();
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
    db.debts(host, dossiers[0].booking.price.currency())
        .await
        .unwrap();
    note();
    db.payouts_due(now() + chrono::TimeDelta::days(400), 50)
        .await
        .unwrap();
    note();
    db.stray_findings().await.unwrap();
    note();
    let rows = dossiers.len() + entries.data.len() + payouts.data.len();
    (taken.split_off(1), rows)
}

#[tokio::test]
async fn a_page_takes_as_many_statements_for_one_row_as_for_many() {
    for fresh in fresh() {
        let db = &fresh.database;
        let (host, guest, properties) = seeded(db).await;
        let (one, count) = counted(&fresh.url).await;
        paid(db, &properties[0], guest.id, "2026-08-01").await;
        let (few, rows) = take(&one, &count, host.id).await;
        assert_eq!(rows, 1 + 2 + 1);
        for day in ["2026-08-05", "2026-08-09", "2026-08-13"] {
            for property in &properties {
                paid(db, property, guest.id, day).await;
            }
        }
        let (many, rows) = take(&one, &count, host.id).await;
        assert_eq!(rows, 16 + 32 + 16);
        assert_eq!(few, many);
        // Bookings, payments with entries, calls and payouts, journal, nights; and the transaction.
        assert!(few[0] <= 7 + 2, "{few:?}");
        assert_eq!(few[1..3], [1, 1], "{few:?}");
    }
}

#[tokio::test]
async fn books_are_loaded_whole_and_once() {
    let source = fresh().remove(0);
    let (host, guest, properties) = seeded(&source.database).await;
    let days = ["2026-08-01", "2026-08-05", "2026-08-09"];
    for day in days {
        paid(&source.database, &properties[0], guest.id, day).await;
    }
    let dossiers = source.database.dossiers(None, 10).await.unwrap();
    let mut batch = ImportBatch {
        users: vec![host, guest],
        properties,
        ..ImportBatch::default()
    };
    for dossier in dossiers.clone() {
        batch.bookings.push((dossier.booking, dossier.claims));
        batch.payments.extend(dossier.payment);
        batch.journal.extend(dossier.journal);
    }
    for target in fresh() {
        let counts = target.database.load(batch.clone()).await.unwrap();
        assert_eq!(
            (counts.bookings, counts.payments, counts.journal),
            (3, 3, 6)
        );
        assert_eq!(
            target.database.load(batch.clone()).await.unwrap(),
            ImportCounts::default()
        );
        let loaded = target.database.dossiers(None, 10).await.unwrap();
        assert_eq!(loaded, dossiers);
        assert!(loaded.iter().all(|dossier| audit(dossier).is_empty()));
        assert_eq!(target.database.stray_findings().await.unwrap(), []);
    }
}

//! Generated data follows the rules of the marketplace.

use std::collections::HashSet;
use std::sync::Mutex;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use sojourn_application::ports::{ImportBatch, ImportCounts, Importer};
use sojourn_domain::booking::BookingStatus;
use sojourn_domain::ledger::{BookingSnapshot, check_integrity};
use sojourn_domain::payment::{PaymentStatus, PayoutStatus};
use sojourn_domain::shared::RepositoryError;

use super::{SeedArgs, SeedError, seed};

#[derive(Default)]
struct InMemoryImporter(Mutex<Vec<ImportBatch>>);

#[async_trait]
impl Importer for InMemoryImporter {
    async fn load(&self, batch: ImportBatch) -> Result<ImportCounts, RepositoryError> {
        let counts = ImportCounts {
            users: batch.users.len() as u64,
            properties: batch.properties.len() as u64,
            bookings: batch.bookings.len() as u64,
            payments: batch.payments.len() as u64,
            reviews: batch.reviews.len() as u64,
            ..ImportCounts::default()
        };
        self.0.lock().unwrap().push(batch);
        Ok(counts)
    }
}

fn now() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

async fn seeded(args: SeedArgs) -> (ImportCounts, Vec<ImportBatch>) {
    let importer = InMemoryImporter::default();
    let counts = seed(args, &importer, now()).await.unwrap();
    (counts, importer.0.into_inner().unwrap())
}

#[tokio::test]
async fn bookings_share_no_night_and_are_paid_in_full() {
    let (counts, batches) = seeded(SeedArgs {
        properties: 40,
        bookings: 900,
        seed: 7,
    })
    .await;
    assert_eq!(
        (counts.properties, counts.bookings, counts.payments),
        (40, 900, 900)
    );
    assert!(counts.reviews > 300);
    let mut nights = HashSet::new();
    let users: HashSet<_> = batches
        .iter()
        .flat_map(|batch| batch.users.iter().map(|user| user.id))
        .collect();
    for batch in &batches {
        for ((booking, claims), payment) in batch.bookings.iter().zip(&batch.payments) {
            assert!(
                claims
                    .iter()
                    .all(|claim| nights.insert((booking.property_id, claim.night)))
            );
            assert!(users.contains(&booking.guest_id) && users.contains(&booking.host_id));
            assert_eq!(
                (payment.booking_id, payment.captured()),
                (booking.id, booking.price.total)
            );
            assert_eq!(payment.status(), PaymentStatus::Captured);
            let over = booking.ends_at() <= now();
            assert_eq!(
                booking.status,
                if over {
                    BookingStatus::Completed
                } else {
                    BookingStatus::Confirmed
                }
            );
            assert!(booking.created_at <= booking.updated_at && booking.updated_at <= now());
        }
        assert!(
            batch
                .properties
                .iter()
                .all(|property| property.details.validate_for_listing().is_empty())
        );
    }
}

#[tokio::test]
async fn every_booking_is_consistent_and_due_payouts_are_paid() {
    let batches = seeded(SeedArgs {
        properties: 20,
        bookings: 400,
        seed: 7,
    })
    .await
    .1;
    let (mut paid, mut waiting) = (0, 0);
    for batch in &batches {
        for ((booking, claims), payment) in batch.bookings.iter().zip(&batch.payments) {
            let mut journal = batch.journal.clone();
            journal.retain(|entry| entry.booking_id == booking.id);
            let snapshot = BookingSnapshot {
                booking: booking.clone(),
                payment: Some(payment.clone()),
                journal,
                claims: claims.clone(),
            };
            assert_eq!(check_integrity(&snapshot), []);
            assert_eq!((booking.version, payment.version), (1, 1));
            for payout in &payment.payouts {
                let due = payout.due_at + TimeDelta::minutes(1) <= now();
                let expected = if due {
                    PayoutStatus::Paid
                } else {
                    PayoutStatus::Scheduled
                };
                assert_eq!(payout.status, expected);
                *(if due { &mut paid } else { &mut waiting }) += 1;
            }
        }
    }
    assert!(
        paid > 100 && waiting > 100,
        "{paid} paid, {waiting} waiting"
    );
}

#[tokio::test]
async fn the_same_seed_makes_the_same_marketplace() {
    let args = SeedArgs {
        properties: 5,
        bookings: 30,
        seed: 3,
    };
    let first = seeded(args).await.1;
    let second = seeded(args).await.1;
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    let other = seeded(SeedArgs { seed: 4, ..args }).await.1;
    assert_ne!(format!("{first:?}"), format!("{other:?}"));
}

#[tokio::test]
async fn more_bookings_than_available_nights_are_rejected() {
    let args = SeedArgs {
        properties: 0,
        bookings: 1,
        seed: 1,
    };
    assert!(matches!(
        seed(args, &InMemoryImporter::default(), now()).await,
        Err(SeedError::TooManyBookings)
    ));
}

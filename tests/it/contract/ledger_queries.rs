//! The ledger is readable from end to end.

use super::on_every_database;

on_every_database!(
    booking_snapshots_are_complete_and_ordered,
    journal_is_paginated
);

mod checks {
    use std::collections::BTreeSet;

    use sojourn_application::ports::{JournalFilter, LedgerQueries, SnapshotPage};
    use sojourn_domain::booking::{BookingRepository, CancelRequest};
    use sojourn_domain::ledger::{BookingFunds, JournalEntry, check_integrity};
    use sojourn_domain::shared::{BookingRole, Currency, PageRequest};
    use sojourn_persistence::Database;
    use sojourn_tests::{
        hold_change, insert_cabin, insert_paid_stay, insert_pending_payment, insert_user, new_id,
        now, payment_of, stay, usd,
    };

    /// A hold, a booking being paid, and two paid stays, one of them cancelled.
    async fn fill(
        database: &Database,
    ) -> (
        sojourn_domain::user::User,
        Vec<sojourn_domain::shared::BookingId>,
    ) {
        let (host, guest) = (
            insert_user(database, "host").await,
            insert_user(database, "guest").await,
        );
        let (cabin, other) = (
            insert_cabin(database, &host).await,
            insert_cabin(database, &host).await,
        );
        let hold = hold_change(&cabin, &guest, stay(1, 3));
        let mut ids = vec![hold.booking().id];
        BookingRepository::commit(database, hold).await.unwrap();
        ids.push(
            insert_pending_payment(database, &other, &guest, stay(1, 3))
                .await
                .booking_id,
        );
        ids.push(
            insert_paid_stay(database, &cabin, &guest, stay(5, 8))
                .await
                .id,
        );
        let booking = insert_paid_stay(database, &other, &guest, stay(5, 8)).await;
        ids.push(booking.id);
        let payment = payment_of(database, booking.id).await;
        let before = BookingFunds {
            booking: &booking,
            payment: Some(&payment),
        };
        let off = booking
            .clone()
            .cancel(BookingRole::Guest, CancelRequest::default(), now())
            .unwrap();
        let off = off
            .with_settlement(before, "cancelled", &mut new_id, now())
            .unwrap();
        BookingRepository::commit(database, off).await.unwrap();
        (host, ids)
    }

    pub async fn booking_snapshots_are_complete_and_ordered(database: Database) {
        let none = database.booking_snapshots(None, 10).await.unwrap();
        assert_eq!(none, SnapshotPage::default());
        let (_, mut ids) = fill(&database).await;
        ids.sort();
        assert_eq!(database.count_bookings().await.unwrap(), 4);
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = database.booking_snapshots(after, 3).await.unwrap();
            assert_eq!(page.damaged, []);
            if page.last.is_none() {
                break;
            }
            after = page.last;
            found.extend(page.snapshots);
        }
        assert_eq!(
            found
                .iter()
                .map(|snapshot| snapshot.booking.id)
                .collect::<Vec<_>>(),
            ids
        );
        for snapshot in &found {
            assert_eq!(check_integrity(snapshot), [], "{snapshot:#?}");
            let id = snapshot.booking.id;
            let (booking, payment) = database.with_payment(id).await.unwrap().unwrap();
            assert_eq!((&snapshot.booking, &snapshot.payment), (&booking, &payment));
            let filter = JournalFilter {
                booking: Some(id),
                ..JournalFilter::default()
            };
            let posted = database
                .entries(
                    filter,
                    PageRequest {
                        limit: 100,
                        after: None,
                    },
                )
                .await
                .unwrap()
                .data;
            assert!(posted.iter().all(|entry| snapshot.journal.contains(entry)));
            assert_eq!(posted.len(), snapshot.journal.len());
        }
        let sizes =
            |count: &dyn Fn(&sojourn_domain::ledger::BookingSnapshot) -> usize| -> Vec<usize> {
                found.iter().map(count).collect()
            };
        assert_eq!(
            sizes(&|it| it.claims.len()).iter().sum::<usize>(),
            2 + 2 + 3
        );
        assert_eq!(sizes(&|it| it.journal.len()).iter().sum::<usize>(), 2 + 3);
        assert_eq!(database.orphan_findings().await.unwrap(), []);
    }

    pub async fn journal_is_paginated(database: Database) {
        let (host, _) = fill(&database).await;
        let (other_host, _) = fill(&database).await;
        let read = async |filter: JournalFilter, limit: u32| {
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = database
                    .entries(filter, PageRequest { limit, after })
                    .await
                    .unwrap();
                found.extend(page.data);
                after = page.next;
                if after.is_none() {
                    return found;
                }
            }
        };
        let key = |entry: &JournalEntry| (entry.booking_id, entry.cause.as_str(), entry.source);
        let all = read(JournalFilter::default(), 100).await;
        assert_eq!(all.len(), 10);
        assert!(all.is_sorted_by(|one, next| (one.at, key(one)) > (next.at, key(next))));
        for limit in [1, 3, 10] {
            assert_eq!(read(JournalFilter::default(), limit).await, all);
        }
        for id in [host.id, other_host.id] {
            let own = read(
                JournalFilter {
                    host: Some(id),
                    ..JournalFilter::default()
                },
                2,
            )
            .await;
            assert_eq!(own.len(), 5);
            assert!(own.iter().all(|entry| entry.host_id == id));
        }
        let dollars = JournalFilter {
            currency: Some(usd(0).currency()),
            ..JournalFilter::default()
        };
        assert_eq!(
            read(dollars, 4)
                .await
                .iter()
                .map(key)
                .collect::<BTreeSet<_>>()
                .len(),
            10
        );
        let euros = Currency::parse("EUR").unwrap();
        let none = JournalFilter {
            currency: Some(euros),
            ..JournalFilter::default()
        };
        assert_eq!(read(none, 4).await, []);
    }
}

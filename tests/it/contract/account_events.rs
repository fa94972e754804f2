//! Events of accounts are written with the change and numbered in the order of their commits.

use super::on_every_database;

on_every_database!(
    a_change_of_a_booking_is_an_event_of_guest_and_host,
    a_reader_misses_nothing_that_is_committed_while_it_reads,
    old_events_are_deleted_but_never_the_last,
);

mod checks {
    use std::collections::BTreeSet;
    use std::time::{Duration, Instant};

    use chrono::TimeDelta;
    use sojourn_application::ports::{AccountEvents, EventSubject};
    use sojourn_domain::booking::BookingRepository;
    use sojourn_domain::shared::{BookingRole, Notification, UserId};
    use sojourn_persistence::Database;
    use sojourn_tests::{hold_change, insert_cabin, insert_paid_stay, insert_user, now, stay};
    use tokio::task::JoinSet;

    async fn number_all(database: &Database) {
        while database.number(100).await.unwrap() > 0 {}
    }

    pub async fn a_change_of_a_booking_is_an_event_of_guest_and_host(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let booking = insert_paid_stay(&database, &cabin, &guest, stay(1, 3)).await;
        number_all(&database).await;
        let mut seen = Vec::new();
        for (user, side) in [(guest.id, BookingRole::Guest), (host.id, BookingRole::Host)] {
            let events = database.of_account(user, 0, 100).await.unwrap();
            assert!(events.len() >= 2, "{events:#?}");
            for event in &events {
                assert_eq!(event.subject, EventSubject::Booking(booking.id));
                assert_eq!(event.user_id, user);
            }
            let notified = events.iter().filter_map(|it| it.notification.as_ref());
            let notified: Vec<_> = notified.collect();
            let booking_id = booking.id;
            let expected = Notification::BookingChanged { booking_id };
            assert!(!notified.is_empty(), "{events:#?}");
            for notification in notified {
                assert_eq!(notification.notification, expected);
                assert_eq!(notification.side, Some(side));
            }
            let position = events[0].sequence;
            let rest = database.of_account(user, position, 100).await.unwrap();
            assert_eq!(rest, events[1..]);
            seen.extend(events.iter().map(|event| (event.sequence, user)));
        }
        seen.sort();
        assert_eq!(database.accounts_after(0, 100).await.unwrap(), seen);
        assert_eq!(database.last().await.unwrap(), seen.last().unwrap().0);
    }

    pub async fn a_reader_misses_nothing_that_is_committed_while_it_reads(database: Database) {
        const GUESTS: u64 = 12;
        let host = insert_user(&database, "host").await;
        let cabin = insert_cabin(&database, &host).await;
        let (mut writers, mut guests) = (JoinSet::new(), BTreeSet::<UserId>::new());
        for number in 0..GUESTS {
            let guest = insert_user(&database, &format!("guest{number}")).await;
            guests.insert(guest.id);
            let from = number * 3;
            let change = hold_change(&cabin, &guest, stay(from, from + 2));
            let database = database.clone();
            writers.spawn(async move {
                tokio::time::sleep(Duration::from_millis(number * 3)).await;
                BookingRepository::commit(&database, change).await.unwrap();
            });
        }
        // Two servers number and read at the same time.
        let mut readers = JoinSet::new();
        for _ in 0..2 {
            let database = database.clone();
            readers.spawn(async move {
                let (mut position, mut seen) = (0, Vec::new());
                let began = Instant::now();
                while seen.len() < 2 * GUESTS as usize {
                    assert!(began.elapsed() < Duration::from_secs(60), "{seen:?}");
                    database.number(5).await.unwrap();
                    for (sequence, user) in database.accounts_after(position, 7).await.unwrap() {
                        assert!(sequence > position, "{sequence} after {position}");
                        position = sequence;
                        seen.push((sequence, user));
                    }
                }
                seen
            });
        }
        while let Some(written) = writers.join_next().await {
            written.unwrap();
        }
        while let Some(seen) = readers.join_next().await {
            let seen = seen.unwrap();
            let sequences: Vec<_> = seen.iter().map(|(sequence, _)| *sequence).collect();
            assert_eq!(sequences, (1..=2 * GUESTS).collect::<Vec<_>>());
            let of_guests: BTreeSet<_> = seen
                .iter()
                .map(|(_, user)| *user)
                .filter(|user| *user != host.id)
                .collect();
            assert_eq!(of_guests, guests);
        }
    }

    pub async fn old_events_are_deleted_but_never_the_last(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        assert_eq!(database.last().await.unwrap(), 0);
        let cabin = insert_cabin(&database, &host).await;
        let change = hold_change(&cabin, &guest, stay(1, 3));
        BookingRepository::commit(&database, change).await.unwrap();
        number_all(&database).await;
        assert_eq!(database.delete_before(now()).await.unwrap(), 0);
        let later = now() + TimeDelta::hours(1);
        assert_eq!(database.delete_before(later).await.unwrap(), 1);
        // Positions go on after the last one.
        assert_eq!(database.last().await.unwrap(), 2);
        let change = hold_change(&cabin, &guest, stay(5, 7));
        BookingRepository::commit(&database, change).await.unwrap();
        number_all(&database).await;
        let known = database.accounts_after(0, 100).await.unwrap();
        let known: Vec<_> = known.into_iter().map(|(sequence, _)| sequence).collect();
        assert_eq!(known, [2, 3, 4]);
    }
}

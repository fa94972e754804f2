//! A night is sold at most once.

use super::on_every_database;

on_every_database!(
    concurrent_holds_never_share_a_night,
    rejected_change_leaves_nothing_behind,
    blocks_and_night_claims_never_overlap,
    released_nights_are_available
);

mod checks {
    use sojourn_domain::booking::{BookingCommitError, BookingRepository, NightsChange};
    use sojourn_domain::property::{
        CalendarChange, CalendarCommitError, ClaimKind, NightRules, PropertyRepository,
    };
    use sojourn_persistence::Database;
    use sojourn_tests::{day, hold_change, insert_cabin, insert_user, now, stay, usd};

    /// Thirty-two writers request overlapping stays: each gets all its nights or an error naming the taken ones.
    pub async fn concurrent_holds_never_share_a_night(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let holds: Vec<_> = (0..32_u64)
            .map(|n| hold_change(&cabin, &guest, stay(n % 5, n % 5 + 1 + n % 4)))
            .collect();
        let writers: Vec<_> = holds
            .into_iter()
            .map(|hold| {
                let database = database.clone();
                tokio::spawn(async move {
                    (
                        hold.clone(),
                        BookingRepository::commit(&database, hold).await,
                    )
                })
            })
            .collect();
        let mut winners = Vec::new();
        for writer in writers {
            match writer.await.unwrap() {
                (hold, Ok(())) => winners.push(hold.into_booking()),
                (hold, Err(BookingCommitError::NightsTaken(nights))) => {
                    assert!(
                        !nights.is_empty()
                            && nights.iter().all(|&night| hold
                                .booking()
                                .stay
                                .dates()
                                .any(|own| own == night))
                    );
                    assert_eq!(
                        BookingRepository::get(&database, hold.booking().id)
                            .await
                            .unwrap(),
                        None
                    );
                }
                (_, other) => panic!("{other:?}"),
            }
        }
        let calendar = database.calendar(cabin.id, day(0), day(40)).await.unwrap();
        let mut sold = 0;
        for booking in &winners {
            for night in booking.stay.dates() {
                assert_eq!(
                    calendar.claim(night).unwrap().unwrap().booking_id,
                    Some(booking.id)
                );
                sold += 1;
            }
        }
        let claimed = day(0)
            .iter_days()
            .take(40)
            .filter(|&night| calendar.claim(night).unwrap().is_some())
            .count();
        assert!(!winners.is_empty());
        assert_eq!(claimed, sold);
    }

    pub async fn rejected_change_leaves_nothing_behind(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let first = hold_change(&cabin, &guest, stay(5, 8));
        BookingRepository::commit(&database, first.clone())
            .await
            .unwrap();
        let second = hold_change(&cabin, &guest, stay(3, 7));
        let refused = BookingRepository::commit(&database, second.clone()).await;
        assert_eq!(
            refused,
            Err(BookingCommitError::NightsTaken(vec![day(5), day(6)]))
        );
        assert_eq!(
            BookingRepository::get(&database, second.booking().id)
                .await
                .unwrap(),
            None
        );
        let calendar = database.calendar(cabin.id, day(0), day(40)).await.unwrap();
        assert_eq!(calendar.claim(day(3)).unwrap(), None);
        // Stays are half-open: one may begin on the day on which another ends.
        BookingRepository::commit(&database, hold_change(&cabin, &guest, stay(8, 9)))
            .await
            .unwrap();
    }

    pub async fn blocks_and_night_claims_never_overlap(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        BookingRepository::commit(&database, hold_change(&cabin, &guest, stay(5, 7)))
            .await
            .unwrap();
        let rules = NightRules {
            price: Some(usd(150_00)),
            min_nights: Some(2),
            ..NightRules::default()
        };
        let change = CalendarChange {
            block: vec![day(4), day(5), day(6)],
            rules: vec![(day(4), rules.clone())],
            ..Default::default()
        };
        let refused = database.commit_calendar(cabin.id, change.clone()).await;
        assert_eq!(
            refused,
            Err(CalendarCommitError::NightsTaken(vec![day(5), day(6)]))
        );
        let calendar = database.calendar(cabin.id, day(0), day(40)).await.unwrap();
        assert_eq!(
            (
                calendar.claim(day(4)).unwrap(),
                calendar.rules(day(4)).unwrap()
            ),
            (None, None)
        );

        let block = CalendarChange {
            block: vec![day(3), day(4)],
            ..change
        };
        database
            .commit_calendar(cabin.id, block.clone())
            .await
            .unwrap();
        database.commit_calendar(cabin.id, block).await.unwrap();
        let calendar = database.calendar(cabin.id, day(0), day(40)).await.unwrap();
        assert_eq!(
            calendar.claim(day(4)).unwrap().unwrap().kind,
            ClaimKind::Blocked
        );
        assert_eq!(calendar.rules(day(4)).unwrap(), Some(&rules));
        let taken =
            BookingRepository::commit(&database, hold_change(&cabin, &guest, stay(2, 5))).await;
        assert_eq!(
            taken,
            Err(BookingCommitError::NightsTaken(vec![day(3), day(4)]))
        );

        let lift = CalendarChange {
            unblock: vec![day(3), day(4), day(5)],
            rules: vec![(day(4), NightRules::default())],
            ..Default::default()
        };
        database.commit_calendar(cabin.id, lift).await.unwrap();
        let calendar = database.calendar(cabin.id, day(0), day(40)).await.unwrap();
        assert_eq!(
            (
                calendar.claim(day(4)).unwrap(),
                calendar.rules(day(4)).unwrap()
            ),
            (None, None)
        );
        assert_eq!(
            calendar.claim(day(5)).unwrap().unwrap().kind,
            ClaimKind::Held
        );
    }

    pub async fn released_nights_are_available(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let hold = hold_change(&cabin, &guest, stay(5, 8));
        BookingRepository::commit(&database, hold.clone())
            .await
            .unwrap();
        let due = hold.booking().due_at().unwrap();
        assert_eq!(
            BookingRepository::due(&database, now(), 10).await.unwrap(),
            []
        );
        let found = BookingRepository::due(&database, due, 10).await.unwrap();
        assert_eq!(found, std::slice::from_ref(hold.booking()));
        let expired = found[0].clone().time_out(due).unwrap();
        assert_eq!(expired.nights().clone(), NightsChange::Set(Vec::new()));
        BookingRepository::commit(&database, expired.clone())
            .await
            .unwrap();
        assert_eq!(
            BookingRepository::commit(&database, expired).await,
            Err(BookingCommitError::Stale)
        );
        assert_eq!(
            BookingRepository::due(&database, due, 10).await.unwrap(),
            []
        );
        BookingRepository::commit(&database, hold_change(&cabin, &guest, stay(5, 8)))
            .await
            .unwrap();
    }
}

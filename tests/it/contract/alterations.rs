//! An alteration swaps the nights of a stay atomically.

use super::on_every_database;

on_every_database!(
    alteration_swaps_night_claims_atomically,
    concurrent_alterations_never_share_a_night,
    alterations_swapping_nights_are_both_rejected,
    only_operators_lift_cancellation_blocks
);

mod checks {
    use sojourn_domain::booking::{
        Booking, BookingChange, BookingCommitError, BookingRepository, CancelRequest, NewAlteration,
    };
    use sojourn_domain::ledger::BookingFunds;
    use sojourn_domain::property::{
        Calendar, CalendarChange, ClaimKind, Property, PropertyChange, PropertyRepository,
    };
    use sojourn_domain::shared::{AlterationId, BookingRole, PaymentEntryId, Stay};
    use sojourn_persistence::Database;
    use sojourn_tests::{
        booking_of, cabin_of, day, hold_change, insert_cabin, insert_paid_stay, insert_user,
        new_id, now, party, payment_of, stay,
    };

    fn asked(booking: &Booking, property: &Property, stay: Stay) -> NewAlteration {
        let calendar = Calendar::free_for(property, stay);
        NewAlteration {
            id: AlterationId::new(new_id()),
            price: booking
                .altered_price(property, &calendar, stay, party())
                .unwrap(),
            payment_method: None,
        }
    }

    /// An alteration proposed by the guest and stored, then accepted by the host; the acceptance is not stored yet.
    async fn accepted(
        database: &Database,
        booking: Booking,
        property: &Property,
        stay: Stay,
    ) -> BookingChange {
        let new = asked(&booking, property, stay);
        let id = booking.id;
        let proposed = booking.alter(BookingRole::Guest, new, now()).unwrap();
        BookingRepository::commit(database, proposed).await.unwrap();
        let (booking, payment) = (
            booking_of(database, id).await,
            payment_of(database, id).await,
        );
        let before = BookingFunds {
            booking: &booking,
            payment: Some(&payment),
        };
        let charge = PaymentEntryId::new(new_id());
        let change = booking
            .clone()
            .accept_alteration(BookingRole::Host, Some(charge), now())
            .unwrap();
        change
            .with_settlement(before, "altered", &mut new_id, now())
            .unwrap()
    }

    async fn held(database: &Database, property: &Property) -> Vec<(u64, ClaimKind)> {
        let calendar = database
            .calendar(property.id, day(0), day(40))
            .await
            .unwrap();
        let nights =
            (0..40).filter_map(|n| calendar.claim(day(n)).unwrap().map(|claim| (n, claim.kind)));
        nights.collect()
    }

    /// A cabin with one preparation night after each stay.
    async fn slow_cabin(database: &Database, host: &sojourn_domain::user::User) -> Property {
        let mut record = cabin_of(host.id).into_record();
        record.details.stay_rules.preparation_nights = 1;
        let property = Property::restore(record).unwrap();
        PropertyRepository::commit(database, PropertyChange::of(property.clone()))
            .await
            .unwrap();
        property
    }

    pub async fn alteration_swaps_night_claims_atomically(database: Database) {
        use ClaimKind::{Booked, Held, Preparation};
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = slow_cabin(&database, &host).await;
        let booking = insert_paid_stay(&database, &cabin, &guest, stay(5, 8)).await;
        let id = booking.id;
        let before = vec![(5, Booked), (6, Booked), (7, Booked), (8, Preparation)];
        assert_eq!(held(&database, &cabin).await, before);
        BookingRepository::commit(&database, hold_change(&cabin, &guest, stay(10, 11)))
            .await
            .unwrap();

        // Same length, so nothing is charged: the preparation night meets the first night of the other stay.
        let refused = accepted(&database, booking, &cabin, stay(7, 10)).await;
        let taken = BookingRepository::commit(&database, refused).await;
        assert_eq!(taken, Err(BookingCommitError::NightsTaken(vec![day(10)])));
        let with_other = [before.clone(), vec![(10, Held), (11, Preparation)]].concat();
        assert_eq!(held(&database, &cabin).await, with_other);
        let booking = booking_of(&database, id).await;
        assert_eq!(booking.stay, stay(5, 8));
        assert!(booking.alteration.is_some());

        let change = accepted(&database, booking, &cabin, stay(6, 9)).await;
        BookingRepository::commit(&database, change.clone())
            .await
            .unwrap();
        assert_eq!(
            BookingRepository::commit(&database, change.clone()).await,
            Err(BookingCommitError::Stale)
        );
        let after = vec![
            (6, Booked),
            (7, Booked),
            (8, Booked),
            (9, Preparation),
            (10, Held),
            (11, Preparation),
        ];
        assert_eq!(held(&database, &cabin).await, after);
        assert_eq!(booking_of(&database, id).await, change.into_booking());

        // A more expensive stay claims the nights of both stays until it is paid.
        let booking = booking_of(&database, id).await;
        let change = accepted(&database, booking, &cabin, stay(2, 8)).await;
        assert!(change.booking().awaits_alteration_charge());
        BookingRepository::commit(&database, change.clone())
            .await
            .unwrap();
        let nights: Vec<u64> = held(&database, &cabin)
            .await
            .into_iter()
            .map(|night| night.0)
            .collect();
        assert_eq!(nights, (2..=11).collect::<Vec<_>>());
        assert_eq!(booking_of(&database, id).await, change.into_booking());
    }

    /// Eight stays of one property compete for one free week: one gets it, the others keep their nights.
    pub async fn concurrent_alterations_never_share_a_night(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let mut changes = Vec::new();
        for n in 0..8 {
            let booking = insert_paid_stay(&database, &cabin, &guest, stay(4 * n, 4 * n + 3)).await;
            changes.push(accepted(&database, booking, &cabin, stay(35 + n % 2, 38 + n % 2)).await);
        }
        let writers: Vec<_> = changes
            .into_iter()
            .map(|change| {
                let database = database.clone();
                tokio::spawn(async move {
                    (
                        change.clone(),
                        BookingRepository::commit(&database, change).await,
                    )
                })
            })
            .collect();
        let mut winners = 0;
        for writer in writers {
            let (change, done) = writer.await.unwrap();
            let booking = booking_of(&database, change.booking().id).await;
            match done {
                Ok(()) => {
                    winners += 1;
                    assert_eq!(booking, change.into_booking());
                }
                Err(BookingCommitError::NightsTaken(nights)) => {
                    assert!(!nights.is_empty() && nights.iter().all(|&night| night >= day(35)));
                    assert!(booking.stay.check_in() < day(32) && booking.alteration.is_some());
                }
                Err(other) => panic!("{other:?}"),
            }
            let calendar = database.calendar(cabin.id, day(0), day(60)).await.unwrap();
            for night in booking.stay.dates() {
                assert_eq!(
                    calendar.claim(night).unwrap().unwrap().booking_id,
                    Some(booking.id)
                );
            }
        }
        assert_eq!(winners, 1);
        assert_eq!(held(&database, &cabin).await.len(), 8 * 3);
    }

    pub async fn alterations_swapping_nights_are_both_rejected(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        for n in 0..5 {
            let (one, other) = (stay(8 * n, 8 * n + 3), stay(8 * n + 4, 8 * n + 7));
            let first = insert_paid_stay(&database, &cabin, &guest, one).await;
            let second = insert_paid_stay(&database, &cabin, &guest, other).await;
            let first = accepted(&database, first, &cabin, other).await;
            let second = accepted(&database, second, &cabin, one).await;
            let (left, right) = tokio::join!(
                BookingRepository::commit(&database, first),
                BookingRepository::commit(&database, second)
            );
            for (done, stay) in [(left, other), (right, one)] {
                assert_eq!(
                    done,
                    Err(BookingCommitError::NightsTaken(stay.dates().collect()))
                );
            }
        }
    }

    pub async fn only_operators_lift_cancellation_blocks(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let booking = insert_paid_stay(&database, &cabin, &guest, stay(5, 7)).await;
        let off = booking
            .cancel(BookingRole::Host, CancelRequest::default(), now())
            .unwrap();
        BookingRepository::commit(&database, off).await.unwrap();
        let blocked = vec![(5, ClaimKind::Blocked), (6, ClaimKind::Blocked)];
        assert_eq!(held(&database, &cabin).await, blocked);
        let unblock = CalendarChange {
            unblock: vec![day(5), day(6)],
            ..Default::default()
        };
        database
            .commit_calendar(cabin.id, unblock.clone())
            .await
            .unwrap();
        assert_eq!(held(&database, &cabin).await, blocked);
        // Blocking a blocked night changes nothing.
        let block = CalendarChange {
            block: vec![day(5)],
            ..Default::default()
        };
        database.commit_calendar(cabin.id, block).await.unwrap();
        let lift = CalendarChange {
            lift_cancellation_blocks: true,
            ..unblock
        };
        database.commit_calendar(cabin.id, lift).await.unwrap();
        assert_eq!(held(&database, &cabin).await, []);
    }
}

//! Counts of what waits for something.

use crate::contract::on_every_database;

on_every_database!(waiting_work_is_counted);

mod checks {
    use chrono::TimeDelta;
    use sojourn_application::ports::{Backoff, DueWork, JobKind, Statistics, StatisticsQueries};
    use sojourn_domain::booking::{Booking, BookingRepository};
    use sojourn_persistence::Database;
    use sojourn_tests::{hold_change, insert_cabin, insert_user, now, stay};

    async fn counts(database: &Database, later: TimeDelta) -> Statistics {
        database.statistics(now() + later).await.unwrap()
    }

    fn timers(counts: &Statistics) -> (u64, u64, Option<TimeDelta>) {
        let of_kind = counts
            .backlogs
            .iter()
            .find(|it| it.kind == JobKind::BookingTimer)
            .unwrap();
        let since = of_kind.oldest_due_at.map(|at| at - now());
        (of_kind.due, of_kind.put_off, since)
    }

    pub(super) async fn waiting_work_is_counted(database: Database) {
        let empty = counts(&database, TimeDelta::zero()).await;
        assert_eq!(
            (empty.holds, empty.open_calls, empty.refunds_owed),
            (0, 0, 0)
        );
        assert_eq!(empty.backlogs.len(), JobKind::ALL.len());
        assert_eq!(timers(&empty), (0, 0, None));
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabin = insert_cabin(&database, &host).await;
        let mut held: Vec<Booking> = Vec::new();
        for night in 0..3 {
            let change = hold_change(&cabin, &guest, stay(night, night + 1));
            held.push(change.booking().clone());
            BookingRepository::commit(&database, change).await.unwrap();
        }
        let minutes = TimeDelta::minutes(15);
        let before = counts(&database, minutes - TimeDelta::seconds(1)).await;
        assert_eq!((before.holds, timers(&before)), (3, (0, 0, None)));
        let after = counts(&database, minutes).await;
        assert_eq!((after.holds, timers(&after)), (0, (3, 0, Some(minutes))));
        let backoff = Backoff::constant(TimeDelta::minutes(1));
        let failed = "a test".to_owned();
        database
            .put_off(
                JobKind::BookingTimer,
                held[0].id.uuid(),
                failed,
                backoff,
                now() + minutes,
            )
            .await
            .unwrap();
        let put_off = counts(&database, minutes).await;
        assert_eq!(timers(&put_off), (2, 1, Some(minutes)));
        let again = counts(&database, minutes + TimeDelta::minutes(2)).await;
        assert_eq!(timers(&again), (3, 0, Some(minutes)));
    }
}

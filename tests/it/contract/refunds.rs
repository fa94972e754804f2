//! A refund that the gateway refused is due until it is paid.

use super::on_every_database;

on_every_database!(a_refused_refund_is_due_until_it_is_paid);

mod checks {
    use chrono::{DateTime, TimeDelta, Utc};
    use sojourn_application::ports::{DueWork, JobKind};
    use sojourn_domain::booking::{BookingRepository, CancelRequest};
    use sojourn_domain::ledger::BookingFunds;
    use sojourn_domain::payment::{GatewayOutcome, PaymentChange, PaymentRepository};
    use sojourn_domain::shared::{BookingId, BookingRole};
    use sojourn_persistence::Database;
    use sojourn_tests::{
        booking_of, done, insert_cabin, insert_paid_stay, insert_user, new_id, payment_of, stay,
    };

    const NONE: [&str; 0] = [];

    async fn due(database: &Database, at: DateTime<Utc>) -> Vec<String> {
        let due = DueWork::due(database, JobKind::Refund, at, 10)
            .await
            .unwrap();
        due.into_iter().map(|it| it.id.to_string()).collect()
    }

    async fn answer(database: &Database, id: BookingId, outcome: GatewayOutcome) -> DateTime<Utc> {
        let booking = booking_of(database, id).await;
        let payment = payment_of(database, id).await;
        let before = BookingFunds {
            booking: &booking,
            payment: Some(&payment),
        };
        let at = booking.updated_at + TimeDelta::minutes(5);
        let call = payment.pending_calls[0].id;
        let answered = payment.clone().record_outcome(call, outcome, at).unwrap();
        let change = PaymentChange::with_settlement(before, answered, "", &mut new_id, at).unwrap();
        PaymentRepository::commit(database, change).await.unwrap();
        at
    }

    pub async fn a_refused_refund_is_due_until_it_is_paid(database: Database) {
        let host = insert_user(&database, "host").await;
        let guest = insert_user(&database, "guest").await;
        let cabin = insert_cabin(&database, &host).await;
        insert_paid_stay(&database, &cabin, &guest, stay(10, 12)).await;
        let booking = insert_paid_stay(&database, &cabin, &guest, stay(1, 4)).await;
        let payment = payment_of(&database, booking.id).await;
        let before = BookingFunds {
            booking: &booking,
            payment: Some(&payment),
        };
        let now = booking.updated_at;
        let cancelled = booking
            .clone()
            .cancel(BookingRole::Admin, CancelRequest::default(), now)
            .unwrap()
            .with_settlement(before, "cancelled", &mut new_id, now)
            .unwrap();
        BookingRepository::commit(&database, cancelled)
            .await
            .unwrap();
        let later = now + TimeDelta::days(30);
        assert_eq!(due(&database, later).await, NONE);

        let refused = GatewayOutcome::Refused {
            code: "later".into(),
        };
        let at = answer(&database, booking.id, refused).await;
        let owed = payment_of(&database, booking.id).await;
        assert_eq!(owed.refund_owed_since, Some(at));
        assert_eq!(due(&database, at + TimeDelta::seconds(59)).await, NONE);
        let id = payment.id.to_string();
        assert_eq!(
            due(&database, at + TimeDelta::seconds(60)).await,
            [id.as_str()]
        );

        let booking = booking_of(&database, booking.id).await;
        let before = BookingFunds {
            booking: &booking,
            payment: Some(&owed),
        };
        let retried = owed
            .clone()
            .refund(&mut new_id, owed.captured(), None, None, at)
            .unwrap();
        let change = PaymentChange::with_settlement(before, retried, "", &mut new_id, at).unwrap();
        PaymentRepository::commit(&database, change).await.unwrap();
        // Its failures are kept until the answer.
        assert_eq!(due(&database, later).await, [id.as_str()]);
        answer(&database, booking.id, done()).await;
        assert_eq!(due(&database, later).await, NONE);
    }
}

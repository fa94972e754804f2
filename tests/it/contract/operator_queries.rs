//! Paginated lists for operators, and the audit lines of their actions.

use super::on_every_database;

on_every_database!(
    accounts_are_listed_by_state,
    properties_are_listed_in_any_status,
    refunds_are_listed_newest_first,
    obligations_count_upcoming_stays_and_pending_money,
    changes_and_audit_lines_commit_together,
);

mod checks {
    use chrono::TimeDelta;
    use sojourn_application::ports::{
        AccountState, AuditFilter, AuditLog, Obligations, PaymentQueries, PropertyFilter,
        PropertyQueries, UserFilter, UserQueries,
    };
    use sojourn_domain::booking::{Booking, BookingCommitError, BookingRepository, CancelRequest};
    use sojourn_domain::ledger::BookingFunds;
    use sojourn_domain::payment::{PaymentChange, PaymentRepository};
    use sojourn_domain::property::{PropertyChange, PropertyRepository, PropertyStatus};
    use sojourn_domain::shared::{
        Actor, AuditAction, AuditEntry, AuditSubject, BookingRole, CommitError, PageRequest, UserId,
    };
    use sojourn_domain::user::{User, UserChange, UserCommitError, UserRepository};
    use sojourn_persistence::Database;
    use sojourn_tests::{
        booking_of, done, hold_change, insert_cabin, insert_paid_stay, insert_user, new_id, now,
        payment_of, stay, usd,
    };

    fn page(limit: u32, after: Option<String>) -> PageRequest {
        PageRequest { limit, after }
    }

    pub async fn accounts_are_listed_by_state(database: Database) {
        let (anna, ben) = (
            insert_user(&database, "anna").await,
            insert_user(&database, "ben").await,
        );
        let in_state = async |state| -> Vec<UserId> {
            let filter = UserFilter {
                state: Some(state),
                ..UserFilter::default()
            };
            let (mut ids, mut after) = (Vec::new(), None);
            loop {
                let found = UserQueries::users(&database, filter.clone(), page(1, after))
                    .await
                    .unwrap();
                ids.extend(found.data.iter().map(|user| user.id));
                after = found.next;
                if after.is_none() {
                    return ids;
                }
            }
        };
        let states = [
            AccountState::Unverified,
            AccountState::Active,
            AccountState::Suspended,
            AccountState::Erased,
        ];
        assert_eq!(in_state(AccountState::Unverified).await, [ben.id, anna.id]);
        let moves: [fn(User) -> User; 3] = [
            |user| user.verify_email(now()),
            |user| user.suspend(now()),
            |user| user.erase(now()).unwrap(),
        ];
        let mut user = anna.clone();
        for (step, state) in moves.into_iter().zip(&states[1..]) {
            user = step(user);
            UserRepository::commit(&database, UserChange::of(user.clone()))
                .await
                .unwrap();
            for other in states {
                let found = in_state(other).await;
                assert_eq!(
                    found.contains(&anna.id),
                    other == *state,
                    "{other:?} after {state:?}"
                );
            }
        }
    }

    pub async fn properties_are_listed_in_any_status(database: Database) {
        let (anna, ben) = (
            insert_user(&database, "anna").await,
            insert_user(&database, "ben").await,
        );
        let mut newest = Vec::new();
        for host in [&anna, &ben, &anna, &ben, &anna] {
            newest.insert(0, insert_cabin(&database, host).await);
        }
        let operator = Actor::operator(UserId::new(new_id()));
        let taken_off = newest[1].clone().suspend(&operator, now()).unwrap();
        PropertyRepository::commit(&database, PropertyChange::of(taken_off))
            .await
            .unwrap();
        let listed = async |status, host| {
            let filter = PropertyFilter { status, host };
            let (mut ids, mut after) = (Vec::new(), None);
            loop {
                let found = PropertyQueries::properties(&database, filter, page(2, after))
                    .await
                    .unwrap();
                ids.extend(found.data.into_iter().map(|property| property.id));
                after = found.next;
                if after.is_none() {
                    return ids;
                }
            }
        };
        let ids = |places: &[usize]| {
            places
                .iter()
                .map(|&place| newest[place].id)
                .collect::<Vec<_>>()
        };
        assert_eq!(listed(None, None).await, ids(&[0, 1, 2, 3, 4]));
        assert_eq!(listed(None, Some(anna.id)).await, ids(&[0, 2, 4]));
        assert_eq!(
            listed(Some(PropertyStatus::Suspended), None).await,
            ids(&[1])
        );
        assert_eq!(
            listed(Some(PropertyStatus::Listed), Some(ben.id)).await,
            ids(&[3])
        );
    }

    /// Refunds part of a paid stay; the gateway confirms.
    async fn give_back(database: &Database, booking: &Booking, minutes: i64) {
        let at = now() + TimeDelta::minutes(minutes);
        for answered in [false, true] {
            let payment = payment_of(database, booking.id).await;
            let before = BookingFunds {
                booking,
                payment: Some(&payment),
            };
            let moved = if answered {
                payment
                    .clone()
                    .record_outcome(payment.pending_calls[0].id, done(), at)
                    .unwrap()
            } else {
                let by = Some(BookingRole::Admin);
                payment
                    .clone()
                    .refund(&mut new_id, usd(100 + minutes), Some("noise"), by, at)
                    .unwrap()
            };
            let change =
                PaymentChange::with_settlement(before, moved, "", &mut new_id, at).unwrap();
            PaymentRepository::commit(database, change).await.unwrap();
        }
    }

    pub async fn refunds_are_listed_newest_first(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        assert_eq!(database.refunds(page(2, None)).await.unwrap().data, []);
        let mut last = None;
        for n in 0..5 {
            let booking = insert_paid_stay(&database, &cabin, &guest, stay(3 * n, 3 * n + 2)).await;
            give_back(&database, &booking, i64::try_from(n).unwrap()).await;
            last = Some(booking);
        }
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let refunds = database.refunds(page(2, after)).await.unwrap();
            found.extend(refunds.data);
            after = refunds.next;
            if after.is_none() {
                break;
            }
        }
        let amounts: Vec<_> = found.iter().map(|refund| refund.amount).collect();
        assert_eq!(amounts, [104, 103, 102, 101, 100].map(usd));
        let (newest, booking) = (&found[0], last.unwrap());
        let payment = payment_of(&database, booking.id).await;
        assert_eq!(
            (newest.booking_id, newest.property_id),
            (booking.id, cabin.id)
        );
        assert_eq!(
            (newest.payment_id, newest.id),
            (payment.id, payment.entries[1].id)
        );
        assert_eq!(
            (newest.reason.as_deref(), newest.borne_by),
            (Some("noise"), Some(BookingRole::Admin))
        );
        assert_eq!(newest.at, now() + TimeDelta::minutes(4));
    }

    pub async fn obligations_count_upcoming_stays_and_pending_money(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let owed = async |user: &User| database.obligations(user.id).await.unwrap();
        let none = Obligations {
            bookings: false,
            payouts: false,
            debts: false,
        };
        let stays = Obligations {
            bookings: true,
            ..none
        };
        assert_eq!((owed(&host).await, owed(&guest).await), (none, none));
        let hold = hold_change(&cabin, &guest, stay(1, 3));
        let id = hold.booking().id;
        BookingRepository::commit(&database, hold).await.unwrap();
        assert_eq!((owed(&host).await, owed(&guest).await), (stays, stays));
        let booking = booking_of(&database, id).await;
        let off = booking
            .cancel(BookingRole::Guest, CancelRequest::default(), now())
            .unwrap();
        BookingRepository::commit(&database, off).await.unwrap();
        assert_eq!((owed(&host).await, owed(&guest).await), (none, none));
        let paid = insert_paid_stay(&database, &cabin, &guest, stay(1, 3)).await;
        let both = Obligations {
            bookings: true,
            payouts: true,
            debts: false,
        };
        assert_eq!((owed(&host).await, owed(&guest).await), (both, stays));
        // The host cancels and owes the fee.
        let (booking, payment) = BookingRepository::with_payment(&database, paid.id)
            .await
            .unwrap()
            .unwrap();
        let funds = BookingFunds {
            booking: &booking,
            payment: payment.as_ref(),
        };
        let cancelled = booking
            .clone()
            .cancel(BookingRole::Host, CancelRequest::default(), now())
            .unwrap()
            .with_settlement(funds, "cancelled", &mut new_id, now())
            .unwrap();
        BookingRepository::commit(&database, cancelled)
            .await
            .unwrap();
        let debts = Obligations {
            debts: true,
            ..none
        };
        assert_eq!((owed(&host).await, owed(&guest).await), (debts, none));
    }

    async fn insert_operator(database: &Database) -> Actor {
        let user = insert_user(database, "operator").await;
        let change = UserChange::of(user.clone().appoint("hash".to_owned(), now()));
        UserRepository::commit(database, change).await.unwrap();
        Actor::operator(user.id)
    }

    pub async fn changes_and_audit_lines_commit_together(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let operator = insert_operator(&database).await;
        let entry =
            |action, subject| AuditEntry::of(&operator, action, subject, now()).with_result("spam");
        let lines = async || database.verify_chain().await.unwrap().lines;

        let about = entry(AuditAction::AccountSuspended, AuditSubject::User(guest.id));
        let change = UserChange::of(guest.clone().suspend(now())).with_audit(about.clone());
        UserRepository::commit(&database, change.clone())
            .await
            .unwrap();
        assert_eq!(
            UserRepository::commit(&database, change).await,
            Err(UserCommitError::Stale)
        );
        assert_eq!(lines().await, 1);
        let found = AuditLog::page(&database, AuditFilter::default(), page(10, None))
            .await
            .unwrap()
            .data;
        let about = AuditEntry {
            by_operator: false,
            ..about
        };
        assert_eq!((found[0].number, &found[0].entry), (1, &about));

        let audit = Some(entry(
            AuditAction::PropertySuspended,
            AuditSubject::Property(cabin.id),
        ));
        let taken_off = cabin.clone().suspend(&operator, now()).unwrap();
        let change = PropertyChange {
            audit,
            ..PropertyChange::of(taken_off)
        };
        PropertyRepository::commit(&database, change.clone())
            .await
            .unwrap();
        assert_eq!(
            PropertyRepository::commit(&database, change).await,
            Err(CommitError::Stale)
        );
        assert_eq!(lines().await, 2);

        let (cabin, guest) = (
            insert_cabin(&database, &host).await,
            insert_user(&database, "other").await,
        );
        let hold = hold_change(&cabin, &guest, stay(1, 3));
        let about = entry(
            AuditAction::ChangedByOperator,
            AuditSubject::Booking(hold.booking().id),
        );
        BookingRepository::commit(&database, hold.with_audit(Some(about.clone())))
            .await
            .unwrap();
        let clash = hold_change(&cabin, &guest, stay(2, 4)).with_audit(Some(about));
        let refused = BookingRepository::commit(&database, clash).await;
        assert!(
            matches!(refused, Err(BookingCommitError::NightsTaken(_))),
            "{refused:?}"
        );
        assert_eq!(lines().await, 3);

        let booking = insert_paid_stay(&database, &cabin, &guest, stay(5, 8)).await;
        let payment = payment_of(&database, booking.id).await;
        let audit = Some(entry(
            AuditAction::RefundGiven,
            AuditSubject::Payment(payment.id),
        ));
        let before = BookingFunds {
            booking: &booking,
            payment: Some(&payment),
        };
        let given = payment
            .clone()
            .refund(
                &mut new_id,
                usd(5_00),
                None,
                Some(BookingRole::Admin),
                now(),
            )
            .unwrap();
        let change = PaymentChange::with_settlement(before, given, "", &mut new_id, now()).unwrap();
        let change = PaymentChange { audit, ..change };
        PaymentRepository::commit(&database, change.clone())
            .await
            .unwrap();
        assert_eq!(
            PaymentRepository::commit(&database, change).await,
            Err(CommitError::Stale)
        );
        assert_eq!(lines().await, 4);
        assert_eq!(database.verify_chain().await.unwrap().broken_at, None);
    }
}

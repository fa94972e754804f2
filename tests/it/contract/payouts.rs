//! A host is paid once, and a debt is withheld once.

use super::on_every_database;

on_every_database!(host_debt_is_withheld_once, hosts_see_their_balance);

mod checks {
    use chrono::{DateTime, TimeDelta, Utc};
    use sojourn_application::ports::{LedgerQueries, PayoutFilter};
    use sojourn_domain::booking::{Booking, BookingRepository, CancelRequest};
    use sojourn_domain::ledger::{BookingFunds, HostDebt, send_payout};
    use sojourn_domain::payment::{
        GatewayOutcome, HostAccount, PaymentChange, PaymentRepository, PayoutStatus,
    };
    use sojourn_domain::property::Property;
    use sojourn_domain::shared::{BookingRole, CommitError, Money, PageRequest, PaymentEntryId};
    use sojourn_domain::user::User;
    use sojourn_persistence::Database;
    use sojourn_tests::{
        booking_of, done, insert_cabin, insert_paid_stay, insert_user, new_id, payment_of, stay,
        usd,
    };

    /// An instant at which the payout of every stay of these tests is due.
    fn late() -> DateTime<Utc> {
        "2026-08-20T00:00:00Z".parse().unwrap()
    }

    /// A due payout about to be sent; not stored yet.
    async fn sending(
        database: &Database,
        booking: &Booking,
        debts: &[HostDebt],
        account: HostAccount,
    ) -> PaymentChange {
        let payment = payment_of(database, booking.id).await;
        let before = BookingFunds {
            booking,
            payment: Some(&payment),
        };
        let call = PaymentEntryId::new(new_id());
        let sent = send_payout(before, payment.payouts[0].id, debts, call, late()).unwrap();
        PaymentChange {
            payment: sent.payment.unwrap(),
            journal: sent.journal,
            host_account: Some(account),
            audit: None,
        }
    }

    async fn answer(database: &Database, booking: &Booking, outcome: GatewayOutcome) {
        let payment = payment_of(database, booking.id).await;
        let before = BookingFunds {
            booking,
            payment: Some(&payment),
        };
        let paid = payment
            .clone()
            .record_outcome(payment.pending_calls[0].id, outcome, late())
            .unwrap();
        let change = PaymentChange::with_settlement(before, paid, "", &mut new_id, late()).unwrap();
        PaymentRepository::commit(database, change).await.unwrap();
    }

    /// A stay that was paid out and then cancelled by an operator: the host owes the full amount.
    async fn a_debt(database: &Database, cabin: &Property, guest: &User) -> Booking {
        let booking = insert_paid_stay(database, cabin, guest, stay(1, 4)).await;
        let (none, account) = database
            .debts(cabin.host_id, usd(0).currency())
            .await
            .unwrap();
        assert_eq!((none, account.version), (vec![], 0));
        let sent = sending(database, &booking, &[], account).await;
        PaymentRepository::commit(
            database,
            PaymentChange {
                host_account: None,
                ..sent
            },
        )
        .await
        .unwrap();
        answer(database, &booking, done()).await;
        let payment = payment_of(database, booking.id).await;
        let before = BookingFunds {
            booking: &booking,
            payment: Some(&payment),
        };
        let off = booking
            .clone()
            .cancel(
                BookingRole::Admin,
                CancelRequest::default(),
                booking.ends_at(),
            )
            .unwrap();
        let off = off
            .with_settlement(before, "cancelled", &mut new_id, late())
            .unwrap();
        BookingRepository::commit(database, off).await.unwrap();
        let booking = booking_of(database, booking.id).await;
        // A pending refund may still be refused, so it is no debt yet.
        assert_eq!(
            database
                .debts(cabin.host_id, usd(0).currency())
                .await
                .unwrap()
                .0,
            []
        );
        answer(database, &booking, done()).await;
        booking
    }

    pub async fn host_debt_is_withheld_once(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let (cabin, currency) = (insert_cabin(&database, &host).await, usd(0).currency());
        let first = insert_paid_stay(&database, &cabin, &guest, stay(5, 10)).await;
        let second = insert_paid_stay(&database, &cabin, &guest, stay(10, 15)).await;
        let owing = a_debt(&database, &cabin, &guest).await;
        let (debts, account) = database.debts(host.id, currency).await.unwrap();
        let owed = Money::new(owing.price.host_payout.amount(), currency);
        let debt = HostDebt {
            property_id: cabin.id,
            booking_id: owing.id,
            host_id: host.id,
            amount: owed,
        };
        assert_eq!((&debts[..], account.version), (&[debt][..], 0));
        let due = database.payouts_due(late(), 10).await.unwrap();
        let due: Vec<_> = due.iter().map(|payment| payment.booking_id).collect();
        assert_eq!(due, [first.id, second.id]);
        assert_eq!(
            database
                .payouts_due(late() - TimeDelta::days(60), 10)
                .await
                .unwrap(),
            []
        );

        let one = sending(&database, &first, &debts, account).await;
        let other = sending(&database, &second, &debts, account).await;
        let (left, right) = tokio::join!(
            PaymentRepository::commit(&database, one.clone()),
            PaymentRepository::commit(&database, other.clone())
        );
        let (winner, loser, lost) = match (&left, &right) {
            (Ok(()), lost) => (one, &second, lost),
            (lost, Ok(())) => (other, &first, lost),
            both => panic!("{both:?}"),
        };
        assert_eq!(*lost, Err(CommitError::Stale));
        assert_eq!(winner.payment.payouts[0].withheld, owed);
        assert_eq!(
            payment_of(&database, winner.payment.booking_id).await,
            winner.payment
        );
        let (debts, account) = database.debts(host.id, currency).await.unwrap();
        assert_eq!((debts, account.version), (vec![], 1));
        assert_eq!(
            payment_of(&database, loser.id).await.payouts[0].withheld,
            usd(0)
        );

        // The next decision names the current version; a decision on the previous version is rejected.
        let again = sending(&database, loser, &[], account).await;
        let stale = PaymentChange {
            host_account: Some(HostAccount {
                version: 0,
                ..account
            }),
            ..again.clone()
        };
        assert_eq!(
            PaymentRepository::commit(&database, stale).await,
            Err(CommitError::Stale)
        );
        PaymentRepository::commit(&database, again).await.unwrap();
        assert_eq!(database.payouts_due(late(), 10).await.unwrap(), []);
        let (_, account) = database.debts(host.id, currency).await.unwrap();
        assert_eq!(account.version, 2);
        for booking in [&first, &second] {
            answer(
                &database,
                booking,
                GatewayOutcome::Refused {
                    code: "account_closed".into(),
                },
            )
            .await;
        }
        assert_eq!(database.payouts_due(late(), 10).await.unwrap(), []);
        assert_eq!(
            database
                .payouts_due(late() + TimeDelta::days(1), 10)
                .await
                .unwrap()
                .len(),
            2
        );
        let findings = database.booking_snapshots(None, 10).await.unwrap();
        let findings: Vec<_> = findings
            .snapshots
            .iter()
            .flat_map(sojourn_domain::ledger::check_integrity)
            .collect();
        assert_eq!(findings, []);
    }

    pub async fn hosts_see_their_balance(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let (cabin, other) = (
            insert_cabin(&database, &host).await,
            insert_cabin(&database, &host).await,
        );
        assert_eq!(database.host_balances(host.id).await.unwrap(), []);
        let owing = a_debt(&database, &cabin, &guest).await;
        for n in 0..5 {
            let property = if n % 2 == 0 { &cabin } else { &other };
            insert_paid_stay(&database, property, &guest, stay(6 + 3 * n, 8 + 3 * n)).await;
        }
        let owed = owing.price.host_payout;
        let each = usd(200_00 - 6_00);
        let [balance] = database.host_balances(host.id).await.unwrap()[..] else {
            panic!("one currency")
        };
        assert_eq!(balance.scheduled, each.checked_mul(5).unwrap());
        assert_eq!((balance.paid, balance.owed), (owed, owed));
        assert_eq!(
            balance.balance,
            balance.scheduled.checked_sub(owed).unwrap()
        );
        assert_eq!(database.host_balances(guest.id).await.unwrap(), []);

        let listed = async |filter: PayoutFilter| {
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = database
                    .payouts(filter, PageRequest { limit: 2, after })
                    .await
                    .unwrap();
                found.extend(page.data);
                after = page.next;
                if after.is_none() {
                    return found;
                }
            }
        };
        let all = listed(PayoutFilter::default()).await;
        assert_eq!(all.len(), 6);
        assert!(all.is_sorted_by(|one, next| one.payout.due_at > next.payout.due_at));
        let paid = PayoutFilter {
            status: Some(PayoutStatus::Paid),
            ..PayoutFilter::default()
        };
        let [first] = &listed(paid).await[..] else {
            panic!("one is paid")
        };
        assert_eq!(
            (first.booking_id, first.property_id, first.host_id),
            (owing.id, cabin.id, host.id)
        );
        assert_eq!(
            first.payout,
            payment_of(&database, owing.id).await.payouts[0]
        );
        let there = PayoutFilter {
            property_id: Some(other.id),
            ..PayoutFilter::default()
        };
        assert_eq!(listed(there).await.len(), 2);
        let of_host = PayoutFilter {
            host: Some(host.id),
            ..PayoutFilter::default()
        };
        assert_eq!(listed(of_host).await, all);
        let of_guest = PayoutFilter {
            host: Some(guest.id),
            ..PayoutFilter::default()
        };
        assert_eq!(listed(of_guest).await, []);
    }
}

//! Money movements are posted with their cause, balanced and append-only.

use sojourn_application::ports::LedgerQueries;
use sojourn_domain::booking::BookingRepository;
use sojourn_domain::ledger::IntegrityCheck;
use sojourn_domain::payment::PaymentRepository;
use sojourn_domain::shared::BookingRole;
use sojourn_tests::{
    confirmation_change, insert_cabin, insert_paid_stay, insert_pending_payment, insert_user,
    new_id, now, payment_of, stay, usd,
};

use super::on_every_database;
use super::raw_sql::{for_each_database, raw};

on_every_database!(
    changes_and_journal_entries_commit_together,
    late_capture_is_refunded_in_the_same_commit,
    every_version_of_the_terms_is_stored
);

#[test]
fn journal_is_balanced_and_append_only_against_raw_sql() {
    for_each_database(async |fresh, database| {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        insert_paid_stay(&database, &cabin, &guest, stay(5, 8)).await;
        let copied = |columns: &str| {
            let amounts =
                "guest_receivable, processor_cash, host_payable, platform_revenue, tax_payable";
            format!(
                "INSERT INTO journal (property_id, booking_id, cause, source, host_id, currency, at, {amounts}) \
                 SELECT property_id, booking_id, 'goodwill', source, host_id, currency, at, {columns} \
                 FROM journal WHERE cause = 'sale'"
            )
        };
        let unbalanced = raw(&fresh, &copied("1, 0, 0, 0, 0")).unwrap_err();
        assert!(unbalanced.contains("journal_balance_check"), "{unbalanced}");
        let unknown = raw(
            &fresh,
            &copied("1, -1, 0, 0, 0").replace("'goodwill'", "'gift'"),
        )
        .unwrap_err();
        assert!(unknown.contains("journal_cause_check"), "{unknown}");
        for table in ["journal", "payment_entries"] {
            for change in [
                format!("UPDATE {table} SET at = '2000-01-01 00:00:00'"),
                format!("DELETE FROM {table}"),
            ] {
                let refused = raw(&fresh, &change).unwrap_err();
                assert!(
                    refused.contains("never") || refused.contains("append-only"),
                    "{refused}"
                );
            }
        }
        raw(&fresh, &copied("1, -1, 0, 0, 0")).unwrap();
        assert_eq!(database.orphan_findings().await.unwrap(), []);
    });
}

#[test]
fn orphaned_rows_are_found() {
    for_each_database(async |fresh, database| {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let booking = insert_paid_stay(&database, &cabin, &guest, stay(5, 8)).await;
        raw(
            &fresh,
            "UPDATE properties SET rating_sum = 5, rating_count = 1",
        )
        .unwrap();
        raw(
            &fresh,
            "UPDATE users SET rating_sum = 4, rating_count = 1 WHERE first_name = 'guest'",
        )
        .unwrap();
        raw(
            &fresh,
            "UPDATE bookings SET host_id = guest_id, payment_id = NULL",
        )
        .unwrap();
        let found = database.orphan_findings().await.unwrap();
        let ratings: Vec<_> = found
            .iter()
            .filter(|it| it.check == IntegrityCheck::Rating)
            .collect();
        assert_eq!(ratings.len(), 2, "{found:#?}");
        assert_eq!(ratings[0].property_id, cabin.id);
        assert!(
            ratings[1].detail.contains(&guest.id.to_string()),
            "{found:#?}"
        );
        let orphaned: Vec<_> = found
            .iter()
            .filter(|it| it.check == IntegrityCheck::Orphaned)
            .collect();
        // A sale and a capture of another host, a payment unknown to its booking, a payout of another host.
        assert_eq!(orphaned.len(), 4, "{found:#?}");
        assert!(
            orphaned
                .iter()
                .all(|it| (it.property_id, it.booking_id) == (cabin.id, Some(booking.id)))
        );
    });
}

#[test]
fn payout_constraints_hold_against_raw_sql() {
    for_each_database(async |fresh, database| {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        insert_paid_stay(&database, &cabin, &guest, stay(5, 8)).await;
        for (change, rule) in [
            ("amount = 0", "payouts_amount_check"),
            ("withheld = -1", "payouts_withheld_check"),
            ("withheld = amount + 1", "payouts_withheld_check"),
            ("status = 'paid'", "payouts_paid_check"),
            ("status = 'sending'", "payouts_call_check"),
        ] {
            let refused = raw(&fresh, &format!("UPDATE payouts SET {change}")).unwrap_err();
            assert!(refused.contains(rule), "{refused}");
        }
    });
}

mod checks {
    use sojourn_application::ports::{JournalFilter, LedgerQueries, TermsStore};
    use sojourn_domain::booking::{BookingCommitError, BookingStatus};
    use sojourn_domain::ledger::{Account, BookingFunds, PostingReason};
    use sojourn_domain::payment::{EntryKind, GatewayCallKind, PaymentChange};
    use sojourn_domain::shared::{CommitError, MarketplaceTerms, PageRequest, RepositoryError};
    use sojourn_persistence::Database;
    use sojourn_tests::{booking_of, done};

    use super::*;

    fn all() -> PageRequest {
        PageRequest {
            limit: 100,
            after: None,
        }
    }

    pub async fn changes_and_journal_entries_commit_together(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let payment = insert_pending_payment(&database, &cabin, &guest, stay(5, 8)).await;
        let change = confirmation_change(&database, &payment).await;
        let causes: Vec<PostingReason> = change.journal().iter().map(|entry| entry.cause).collect();
        assert_eq!(causes, [PostingReason::Sale, PostingReason::Capture]);
        let booking = booking_of(&database, payment.booking_id).await;

        // A cause is posted once: a second commit with the same entry stores nothing.
        let twice = PaymentChange {
            payment: change.payment().cloned().unwrap(),
            journal: [change.journal(), &change.journal()[..1]].concat(),
            host_account: None,
            audit: None,
        };
        let refused = PaymentRepository::commit(&database, twice).await;
        assert!(
            matches!(
                refused,
                Err(CommitError::Repository(RepositoryError::Internal(_)))
            ),
            "{refused:?}"
        );
        assert_eq!(booking_of(&database, booking.id).await, booking);
        assert_eq!(payment_of(&database, booking.id).await, payment);
        let filter = JournalFilter {
            booking: Some(booking.id),
            ..JournalFilter::default()
        };
        assert_eq!(database.entries(filter, all()).await.unwrap().data, []);

        BookingRepository::commit(&database, change.clone())
            .await
            .unwrap();
        assert_eq!(
            BookingRepository::commit(&database, change.clone()).await,
            Err(BookingCommitError::Stale)
        );
        let stored = payment_of(&database, booking.id).await;
        assert_eq!(Some(&stored), change.payment());
        assert_eq!(stored.version, payment.version + 1);
        assert_eq!(
            (stored.payouts.len(), stored.method.as_deref()),
            (1, Some("pm_card_visa"))
        );
        let mut posted = database.entries(filter, all()).await.unwrap().data;
        posted.sort_by_key(|entry| entry.cause != PostingReason::Sale);
        assert_eq!(posted, change.journal().to_vec());
        let cash = JournalFilter {
            account: Some(Account::ProcessorCash),
            ..filter
        };
        assert_eq!(
            database.entries(cash, all()).await.unwrap().data,
            change.journal()[1..]
        );
        let balances = database.balances().await.unwrap();
        assert_eq!(balances.len(), 1);
        assert_eq!(balances[0].on(Account::ProcessorCash), booking.price.total);
        assert!(balances[0].on(Account::GuestReceivable).is_zero());
    }

    /// The hold expires while the gateway is called: the capture and its refund are two transitions of one commit.
    pub async fn late_capture_is_refunded_in_the_same_commit(database: Database) {
        let (host, guest) = (
            insert_user(&database, "host").await,
            insert_user(&database, "guest").await,
        );
        let cabin = insert_cabin(&database, &host).await;
        let payment = insert_pending_payment(&database, &cabin, &guest, stay(5, 8)).await;
        let booking = booking_of(&database, payment.booking_id).await;
        let late = booking.due_at().unwrap();
        BookingRepository::commit(&database, booking.time_out(late).unwrap())
            .await
            .unwrap();
        let booking = booking_of(&database, payment.booking_id).await;
        assert_eq!(booking.status, BookingStatus::Expired);

        let before = BookingFunds {
            booking: &booking,
            payment: Some(&payment),
        };
        let captured = payment
            .clone()
            .record_outcome(payment.pending_calls[0].id, done(), late)
            .unwrap();
        let change =
            PaymentChange::with_settlement(before, captured, "paid", &mut new_id, late).unwrap();
        PaymentRepository::commit(&database, change.clone())
            .await
            .unwrap();
        assert_eq!(
            PaymentRepository::commit(&database, change.clone()).await,
            Err(CommitError::Stale)
        );
        let stored = payment_of(&database, booking.id).await;
        assert_eq!(stored, change.payment);
        assert_eq!(stored.version, payment.version + 1);
        let capture = &stored.entries[0];
        assert_eq!(
            (capture.kind, capture.reference.is_some()),
            (EntryKind::Capture, true)
        );
        let refund = &stored.pending_calls[0];
        assert_eq!(
            (refund.kind, refund.against),
            (GatewayCallKind::Refund, Some(capture.id))
        );
        assert_eq!(refund.reason.as_deref(), Some("late_capture"));

        let before = BookingFunds {
            booking: &booking,
            payment: Some(&stored),
        };
        let returned = stored
            .clone()
            .record_outcome(refund.id, done(), late)
            .unwrap();
        let change =
            PaymentChange::with_settlement(before, returned, "", &mut new_id, late).unwrap();
        PaymentRepository::commit(&database, change).await.unwrap();
        let stored = payment_of(&database, booking.id).await;
        assert_eq!(stored.entries[1].against, Some(stored.entries[0].id));
        let balances = database.balances().await.unwrap();
        assert!(
            balances
                .iter()
                .all(sojourn_domain::ledger::Postings::is_zero)
        );

        // A goodwill refund names who bears it, in the call and in the entry.
        let paid = insert_paid_stay(&database, &cabin, &guest, stay(15, 18)).await;
        let payment = payment_of(&database, paid.id).await;
        let before = BookingFunds {
            booking: &paid,
            payment: Some(&payment),
        };
        let given = payment
            .clone()
            .refund(
                &mut new_id,
                usd(10_00),
                Some("cold shower"),
                Some(BookingRole::Host),
                now(),
            )
            .unwrap();
        let change = PaymentChange::with_settlement(before, given, "", &mut new_id, now()).unwrap();
        PaymentRepository::commit(&database, change.clone())
            .await
            .unwrap();
        let stored = payment_of(&database, paid.id).await;
        assert_eq!(stored, change.payment);
        assert_eq!(stored.pending_calls[0].borne_by, Some(BookingRole::Host));
        let given = stored
            .clone()
            .record_outcome(stored.pending_calls[0].id, done(), now())
            .unwrap();
        let before = BookingFunds {
            booking: &paid,
            payment: Some(&stored),
        };
        let change = PaymentChange::with_settlement(before, given, "", &mut new_id, now()).unwrap();
        PaymentRepository::commit(&database, change.clone())
            .await
            .unwrap();
        assert_eq!(payment_of(&database, paid.id).await, change.payment);
    }

    pub async fn every_version_of_the_terms_is_stored(database: Database) {
        let terms = MarketplaceTerms::default();
        let other = MarketplaceTerms {
            hold_minutes: 20,
            ..terms.clone()
        };
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let (database, terms) = (database.clone(), terms.clone());
                tokio::spawn(async move { database.in_force(terms, now()).await.unwrap() })
            })
            .collect();
        for start in starts {
            assert_eq!(
                start.await.unwrap(),
                MarketplaceTerms {
                    version: 1,
                    ..terms.clone()
                }
            );
        }
        // The version of the request is ignored.
        let asked = MarketplaceTerms {
            version: 7,
            ..other.clone()
        };
        for _ in 0..2 {
            let second = database.in_force(asked.clone(), now()).await.unwrap();
            assert_eq!(
                second,
                MarketplaceTerms {
                    version: 2,
                    ..other.clone()
                }
            );
        }
        let third = database.in_force(terms.clone(), now()).await.unwrap();
        assert_eq!(
            third,
            MarketplaceTerms {
                version: 3,
                ..terms
            }
        );
    }
}

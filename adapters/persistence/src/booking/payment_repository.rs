//! The repository of payments.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use sojourn_application::ports::{Outcome, OutcomeKind};
use sojourn_domain::payment::{Payment, PaymentChange, PaymentRepository};
use sojourn_domain::shared::{CommitError, PaymentId, RepositoryError};

use crate::audit::append::record_optional;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::database::Database;
use crate::journal::host_account::bump_version;
use crate::journal::insert::insert_entries;
use crate::payment::load::{find_payment, find_payments};
use crate::payment::store::store_payment;
use crate::schema::marketplace::payment_calls;
use crate::schema::money::payouts;

#[async_trait]
impl PaymentRepository for Database {
    async fn get(&self, id: PaymentId) -> Result<Option<Payment>, RepositoryError> {
        self.read_consistently(move |conn| find_payment(conn, id))
            .await
    }

    async fn commit(&self, change: PaymentChange) -> Result<(), CommitError> {
        let payment = &change.payment;
        let outcome = Outcome::new(OutcomeKind::Payment, payment.id.uuid())
            .with_calls(&payment.pending_calls);
        self.commit_outcome(outcome, move |conn| {
            store_payment(conn, &change.payment)?;
            insert_entries(conn, &change.journal)?;
            if let Some(account) = &change.host_account {
                bump_version(conn, account)?;
            }
            record_optional(conn, change.audit.as_ref())
        })
        .await
    }

    async fn with_pending_calls(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, RepositoryError> {
        self.read_consistently(move |conn| {
            let calls = payment_calls::table
                .filter(payment_calls::at.lt(timestamp::to_db(before)))
                .order((payment_calls::at, payment_calls::id))
                .limit(limit.into());
            let ids: Vec<UuidColumn> = calls.select(payment_calls::payment_id).load(conn)?;
            find_payments(conn, &ids)
        })
        .await
    }

    async fn payouts_due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, RepositoryError> {
        self.read_consistently(move |conn| {
            // A literal, so that the index over scheduled payouts is used.
            let due = payouts::table
                .filter(sql::<Bool>("status = 'scheduled'"))
                .filter(payouts::due_at.le(timestamp::to_db(now)))
                .order((payouts::due_at, payouts::id))
                .limit(limit.into());
            let ids: Vec<UuidColumn> = due.select(payouts::payment_id).load(conn)?;
            find_payments(conn, &ids)
        })
        .await
    }
}

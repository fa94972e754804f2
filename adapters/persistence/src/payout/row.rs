//! Payouts as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::payment::{Payment, Payout, PayoutStatus};
use sojourn_domain::shared::{RepositoryError, UserId};

use crate::columns::enums::known;
use crate::columns::uuid::UuidColumn;
use crate::columns::{money, timestamp};
use crate::schema::money::payouts;

/// A row of `payouts`. Host and booking are those of the payment's booking.
#[derive(Debug, Queryable, Selectable, Insertable, QueryableByName)]
#[diesel(table_name = payouts, treat_none_as_default_value = false)]
pub(crate) struct PayoutRow {
    pub(crate) property_id: UuidColumn,
    pub(crate) payment_id: UuidColumn,
    position: i32,
    pub(crate) id: UuidColumn,
    pub(crate) host_id: UuidColumn,
    pub(crate) booking_id: UuidColumn,
    amount: i64,
    withheld: i64,
    currency: String,
    pub(crate) due_at: NaiveDateTime,
    status: String,
    paid_at: Option<NaiveDateTime>,
    call_id: Option<UuidColumn>,
}

impl PayoutRow {
    /// The rows of a payment's payouts to the host of its booking.
    pub(crate) fn all_of(payment: &Payment, host_id: UserId) -> Vec<Self> {
        let row = |(payout, position): (&Payout, i32)| Self {
            property_id: payment.property_id.into(),
            payment_id: payment.id.into(),
            position,
            id: payout.id.into(),
            host_id: host_id.into(),
            booking_id: payment.booking_id.into(),
            amount: payout.amount.amount(),
            withheld: payout.withheld.amount(),
            currency: payout.amount.currency().code().to_owned(),
            due_at: timestamp::to_db(payout.due_at),
            status: payout.status.as_str().to_owned(),
            paid_at: payout.paid_at.map(timestamp::to_db),
            call_id: payout.call.map(Into::into),
        };
        payment.payouts.iter().zip(0..).map(row).collect()
    }

    /// The payout of a row.
    pub(crate) fn into_payout(self) -> Result<Payout, RepositoryError> {
        Ok(Payout {
            id: self.id.into(),
            amount: money::from_db(self.amount, &self.currency)?,
            withheld: money::from_db(self.withheld, &self.currency)?,
            due_at: timestamp::from_db(self.due_at),
            status: known(self.status.parse::<PayoutStatus>().ok(), "payouts.status")?,
            paid_at: self.paid_at.map(timestamp::from_db),
            call: self.call_id.map(Into::into),
        })
    }
}

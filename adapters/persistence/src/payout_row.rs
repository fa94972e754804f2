//! A payout as its row.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::payment::{Payment, Payout, PayoutStatus};
use sojourn_domain::shared::{StoreError, UserId};

use crate::instant::{read, stored};
use crate::json_column::{known, money};
use crate::schema::money::payouts;
use crate::uuid_column::UuidColumn;

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
    pub(crate) fn all(payment: &Payment, host_id: UserId) -> Vec<Self> {
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
            due_at: stored(payout.due_at),
            status: payout.status.as_str().to_owned(),
            paid_at: payout.paid_at.map(stored),
            call_id: payout.call.map(Into::into),
        };
        payment.payouts.iter().zip(0..).map(row).collect()
    }

    /// The payout of a row.
    pub(crate) fn payout(self) -> Result<Payout, StoreError> {
        Ok(Payout {
            id: self.id.into(),
            amount: money(self.amount, &self.currency)?,
            withheld: money(self.withheld, &self.currency)?,
            due_at: read(self.due_at),
            status: known(PayoutStatus::from_word(&self.status), "payouts.status")?,
            paid_at: self.paid_at.map(read),
            call: self.call_id.map(Into::into),
        })
    }
}

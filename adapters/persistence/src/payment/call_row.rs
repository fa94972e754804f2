//! The calls of a payment that the gateway has not answered, as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::payment::{GatewayCall, GatewayCallKind, Payment};
use sojourn_domain::shared::{Currency, Money, RepositoryError};

use super::borne_by;
use crate::columns::enums::known;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::schema::marketplace::payment_calls;

/// A row of `payment_calls`.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_calls, treat_none_as_default_value = false)]
pub(crate) struct CallRow {
    property_id: UuidColumn,
    pub(crate) payment_id: UuidColumn,
    id: UuidColumn,
    position: i32,
    kind: String,
    amount: i64,
    method: Option<String>,
    reason: Option<String>,
    at: NaiveDateTime,
    against: Option<UuidColumn>,
    borne_by: Option<String>,
}

impl CallRow {
    /// The rows of a payment's calls.
    pub(crate) fn all_of(payment: &Payment) -> Vec<Self> {
        let row = |(call, position): (&GatewayCall, i32)| Self {
            property_id: payment.property_id.into(),
            payment_id: payment.id.into(),
            id: call.id.into(),
            position,
            kind: call.kind.as_str().to_owned(),
            amount: call.amount.amount(),
            method: call.method.clone(),
            reason: call.reason.clone(),
            at: timestamp::to_db(call.at),
            against: call.against.map(Into::into),
            borne_by: call.borne_by.map(borne_by::to_db),
        };
        payment.pending_calls.iter().zip(0..).map(row).collect()
    }

    /// The call of a row.
    pub(crate) fn into_call(self, currency: Currency) -> Result<GatewayCall, RepositoryError> {
        Ok(GatewayCall {
            id: self.id.into(),
            kind: known(
                self.kind.parse::<GatewayCallKind>().ok(),
                "payment_calls.kind",
            )?,
            amount: Money::new(self.amount, currency),
            method: self.method,
            reason: self.reason,
            at: timestamp::from_db(self.at),
            against: self.against.map(Into::into),
            borne_by: borne_by::from_db(self.borne_by.as_deref(), "payment_calls.borne_by")?,
        })
    }
}

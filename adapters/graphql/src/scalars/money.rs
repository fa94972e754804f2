//! Amounts of money.

use async_graphql::{InputObject, SimpleObject};
use sojourn_application::input;
use sojourn_domain::shared::{self, Violations};

use super::MinorUnits;

/// An amount of money.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Money {
    /// Amount in minor units of the currency.
    amount: MinorUnits,
    /// ISO 4217 code.
    currency: &'static str,
}

impl From<shared::Money> for Money {
    fn from(money: shared::Money) -> Self {
        Self {
            amount: MinorUnits(money.amount()),
            currency: money.currency().code(),
        }
    }
}

/// An amount of money.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct MoneyInput {
    /// Amount in minor units of the currency.
    amount: MinorUnits,
    /// ISO 4217 code.
    currency: String,
}

impl MoneyInput {
    /// The amount; adds a violation under `pointer` if its currency is unknown.
    pub(crate) fn parse(&self, pointer: &str, found: &mut Violations) -> Option<shared::Money> {
        let currency = input::currency(&self.currency, &format!("{pointer}/currency"), found)?;
        Some(shared::Money::new(self.amount.0, currency))
    }
}

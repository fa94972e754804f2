//! A tax as JSON, both ways.

use serde::{Deserialize, Serialize};
use sojourn_domain::property::{Tax, TaxRate};
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

use super::pricing::share;
use crate::money_dto::MoneyDto;

/// A tax that the host must collect: `percent` has `bps`, the others have `amount`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Tax)]
pub struct TaxDto {
    /// How the law names it.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// What it is counted by.
    pub kind: TaxKind,
    /// The share in basis points, of a `percent` tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 10000)]
    pub bps: Option<u32>,
    /// The amount of a `per_night` or `per_guest_night` tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<MoneyDto>,
    /// Stays of so many nights and more are exempt.
    #[schema(minimum = 1, maximum = 731)]
    pub exempt_from_nights: Option<u32>,
}

/// What a tax is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaxKind {
    /// A share of all lines above the service fee.
    Percent,
    /// For each night.
    PerNight,
    /// For each night of each adult and child.
    PerGuestNight,
}

impl From<&Tax> for TaxDto {
    fn from(tax: &Tax) -> Self {
        let (kind, bps, amount) = match tax.rate {
            TaxRate::Percent { bps } => (TaxKind::Percent, Some(bps.get()), None),
            TaxRate::PerNight { amount } => (TaxKind::PerNight, None, Some(amount.into())),
            TaxRate::PerGuestNight { amount } => {
                (TaxKind::PerGuestNight, None, Some(amount.into()))
            }
        };
        Self {
            name: tax.name.clone(),
            kind,
            bps,
            amount,
            exempt_from_nights: tax.exempt_from_nights,
        }
    }
}

impl TaxDto {
    /// The tax, or everything that cannot be read of it.
    pub fn parse(&self, index: usize, found: &mut Violations) -> Option<Tax> {
        let pointer = |field: &str| format!("/pricing/taxes/{index}/{field}");
        let percent = self.kind == TaxKind::Percent;
        let (needed, unwanted) = if percent {
            ("bps", "amount")
        } else {
            ("amount", "bps")
        };
        let has = |field: &str| {
            if field == "bps" {
                self.bps.is_some()
            } else {
                self.amount.is_some()
            }
        };
        found.require(
            has(needed),
            &pointer(needed),
            "required",
            "needed for a tax of this kind",
        );
        found.require(
            !has(unwanted),
            &pointer(unwanted),
            "invalid",
            "not for a tax of this kind",
        );
        let bps = self.bps.map(|bps| share(found, &pointer("bps"), bps));
        let amount = self
            .amount
            .as_ref()
            .and_then(|amount| amount.parse(&pointer("amount"), found));
        let rate = match self.kind {
            TaxKind::Percent => TaxRate::Percent { bps: bps? },
            TaxKind::PerNight => TaxRate::PerNight { amount: amount? },
            TaxKind::PerGuestNight => TaxRate::PerGuestNight { amount: amount? },
        };
        Some(Tax {
            name: self.name.clone(),
            rate,
            exempt_from_nights: self.exempt_from_nights,
        })
    }
}

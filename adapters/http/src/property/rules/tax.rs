//! Taxes as JSON.

use serde::{Deserialize, Serialize};
use sojourn_application::input;
use sojourn_domain::property::{Tax, TaxRate};
use sojourn_domain::shared::Violations;
use utoipa::ToSchema;

use super::pricing::parse_basis_points;
use crate::wire::money::MoneyDto;

/// A tax that the host must collect: kind `percent` requires `bps`, the others require `amount`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Tax)]
pub struct TaxDto {
    /// Legal name of the tax.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Basis of calculation.
    pub kind: TaxKind,
    /// Rate of a `percent` tax, in basis points.
    #[schema(minimum = 0, maximum = 10000)]
    pub bps: Option<u32>,
    /// Amount of a `per_night` or `per_guest_night` tax.
    pub amount: Option<MoneyDto>,
    /// Minimum length of stays that are exempt, in nights.
    #[schema(minimum = 1, maximum = 731)]
    pub exempt_from_nights: Option<u32>,
}

/// Basis of calculation of a tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaxKind {
    /// A share of all price lines before the service fee.
    Percent,
    /// An amount per night.
    PerNight,
    /// An amount per night for each adult and child.
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
    /// The tax; adds a violation for each value that cannot be read.
    pub fn parse(&self, index: usize, found: &mut Violations) -> Option<Tax> {
        let pointer = format!("/pricing/taxes/{index}");
        let is_percent = self.kind == TaxKind::Percent;
        let given = [self.bps.is_some(), self.amount.is_some()];
        let rate = |found: &mut Violations| {
            let bps = self
                .bps
                .map(|bps| parse_basis_points(found, &format!("{pointer}/bps"), bps));
            let amount = self
                .amount
                .as_ref()
                .and_then(|amount| amount.parse(&format!("{pointer}/amount"), found));
            Some(match self.kind {
                TaxKind::Percent => TaxRate::Percent { bps: bps? },
                TaxKind::PerNight => TaxRate::PerNight { amount: amount? },
                TaxKind::PerGuestNight => TaxRate::PerGuestNight { amount: amount? },
            })
        };
        let rate = input::tax_rate(rate, is_percent, given, &pointer, found)?;
        Some(Tax {
            name: self.name.clone(),
            rate,
            exempt_from_nights: self.exempt_from_nights,
        })
    }
}

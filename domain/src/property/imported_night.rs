//! Nights of imported calendars, and what they change here.

use chrono::NaiveDate;

use crate::property::calendar::{ClaimKind, NightClaim, NightRules};
use crate::property::details::PropertyDetails;
use crate::property::pricing::Pricing;
use crate::shared::id::PropertyId;
use crate::shared::money::Money;

/// A night of a calendar that another site publishes. Absent values say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ImportedNight {
    /// Property.
    pub property_id: PropertyId,
    /// Date on which the night begins.
    pub night: NaiveDate,
    /// True if the night is not available.
    pub taken: bool,
    /// Price of the night.
    pub price: Option<Money>,
    /// Minimum nights of a stay that begins on this date.
    pub min_nights: Option<u32>,
    /// Maximum nights of a stay that begins on this date.
    pub max_nights: Option<u32>,
}

/// Effect of an imported night on the claim on the night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportedClaim {
    /// The claim is as it should be.
    Unchanged,
    /// The night becomes unavailable.
    Add,
    /// An earlier import made the night unavailable; it becomes available.
    Remove,
    /// The night is sold here and left as it is.
    Sold,
    /// The host blocked the night here; it is left as it is.
    BlockedByHost,
}

impl ImportedNight {
    /// Decides about the claim on the night. A later import replaces an earlier one, and nothing
    /// else.
    #[must_use]
    pub fn decide(&self, claim: Option<NightClaim>) -> ImportedClaim {
        match claim.map(|claim| claim.kind) {
            None if self.taken => ImportedClaim::Add,
            Some(ClaimKind::Imported) if !self.taken => ImportedClaim::Remove,
            None | Some(ClaimKind::Imported) => ImportedClaim::Unchanged,
            Some(ClaimKind::Blocked) => ImportedClaim::BlockedByHost,
            Some(ClaimKind::Booked | ClaimKind::Held | ClaimKind::Preparation) => {
                ImportedClaim::Sold
            }
        }
    }

    /// True if the price is in another currency than the property's.
    #[must_use]
    pub fn has_foreign_price(&self, details: &PropertyDetails) -> bool {
        let usual = details.pricing.as_ref().map(Pricing::currency);
        let own = self.price.map(Money::currency);
        usual.is_some_and(|usual| own.is_some_and(|own| own != usual))
    }

    /// The rules of the date after the import: what equals the property's own setting is
    /// inherited, absent values stay, and a price in another currency is ignored.
    #[must_use]
    pub fn merge_rules(&self, before: &NightRules, details: &PropertyDetails) -> NightRules {
        let mut after = before.clone();
        if let Some(price) = self.price
            && !self.has_foreign_price(details)
        {
            let usual = details.pricing.as_ref().map(|pricing| pricing.nightly);
            after.price = (Some(price) != usual).then_some(price);
        }
        let usual = (details.stay_rules.min_nights, details.stay_rules.max_nights);
        let min = self.min_nights.or(before.min_nights).unwrap_or(usual.0);
        let max = self.max_nights.or(before.max_nights).unwrap_or(usual.1);
        let max = max.max(min);
        after.min_nights = (min != usual.0).then_some(min);
        after.max_nights = (max != usual.1).then_some(max);
        after
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::shared::currency::Currency;

    fn money(amount: i64, code: &str) -> Money {
        Money::new(amount, Currency::parse(code).unwrap())
    }

    fn night(taken: bool) -> ImportedNight {
        ImportedNight {
            property_id: PropertyId::new(uuid::Uuid::nil()),
            night: NaiveDate::MIN,
            taken,
            price: None,
            min_nights: None,
            max_nights: None,
        }
    }

    #[rstest]
    #[case(None, ImportedClaim::Add, ImportedClaim::Unchanged)]
    #[case(
        Some(ClaimKind::Imported),
        ImportedClaim::Unchanged,
        ImportedClaim::Remove
    )]
    #[case(
        Some(ClaimKind::Blocked),
        ImportedClaim::BlockedByHost,
        ImportedClaim::BlockedByHost
    )]
    #[case(Some(ClaimKind::Booked), ImportedClaim::Sold, ImportedClaim::Sold)]
    #[case(Some(ClaimKind::Held), ImportedClaim::Sold, ImportedClaim::Sold)]
    #[case(Some(ClaimKind::Preparation), ImportedClaim::Sold, ImportedClaim::Sold)]
    fn only_imported_claims_are_replaced(
        #[case] kind: Option<ClaimKind>,
        #[case] when_taken: ImportedClaim,
        #[case] when_free: ImportedClaim,
    ) {
        let claim = kind.map(|kind| NightClaim {
            night: NaiveDate::MIN,
            kind,
            booking_id: None,
        });
        assert_eq!(night(true).decide(claim), when_taken);
        assert_eq!(night(false).decide(claim), when_free);
    }

    #[test]
    fn rules_differ_from_the_property_or_are_inherited() {
        let details = PropertyDetails {
            pricing: Some(Pricing::nightly(money(100_00, "EUR"))),
            ..PropertyDetails::default()
        };
        let before = NightRules {
            price: Some(money(120_00, "EUR")),
            closed_to_arrival: true,
            ..NightRules::default()
        };
        let mut imported = night(false);
        assert_eq!(imported.merge_rules(&before, &details), before);
        imported.price = Some(money(130_00, "EUR"));
        imported.min_nights = Some(40);
        let after = imported.merge_rules(&before, &details);
        assert_eq!(after.price, imported.price);
        assert_eq!((after.min_nights, after.max_nights), (Some(40), Some(40)));
        assert!(after.closed_to_arrival);
        imported.price = Some(money(100_00, "EUR"));
        assert_eq!(imported.merge_rules(&before, &details).price, None);
        imported.price = Some(money(100_00, "USD"));
        assert!(imported.has_foreign_price(&details));
        let after = imported.merge_rules(&before, &details);
        assert_eq!(after.price, before.price);
    }
}

//! Smallest prices of nights.

use sojourn_domain::property::Pricing;
use sojourn_domain::shared::{MarketplaceTerms, Money, Violations};

/// Refuses prices of nights below the smallest of their currency. A price that is kept as it was is not judged, so that
/// an older property can be edited.
///
/// # Errors
/// [`Violations`].
pub(super) fn check_least_prices(
    terms: &MarketplaceTerms,
    before: Option<&Pricing>,
    pricing: Option<&Pricing>,
) -> Result<(), Violations> {
    let mut found = Violations::new();
    if let Some(pricing) = pricing {
        let kept = before.map(|before| before.nightly) == Some(pricing.nightly);
        if !kept {
            require_least_price(terms, &mut found, "/pricing/nightly", pricing.nightly);
        }
        let was = before.and_then(|before| before.weekend);
        if let Some(weekend) = pricing.weekend.filter(|_| was != pricing.weekend) {
            require_least_price(terms, &mut found, "/pricing/weekend", weekend);
        }
    }
    found.into_result(())
}

/// Refuses a price of a night below the smallest of its currency.
pub(super) fn require_least_price(
    terms: &MarketplaceTerms,
    found: &mut Violations,
    pointer: &str,
    price: Money,
) {
    let least = terms.nightly_minimum(price.currency());
    found.require(
        price.amount() >= least.amount(),
        pointer,
        "price_too_low",
        &format!("a night costs {least} at least"),
    );
}

//! The cheapest of the stays with flexible dates.

use chrono::{DateTime, Utc};

use crate::booking::offer::{Offer, StayRequest};
use crate::booking::pricing::price::Price;
use crate::shared::stay::Stay;

impl Offer<'_> {
    /// The stay with the lowest total, and its price, of those as long as the requested one that begin up to `days`
    /// days before or after it and can be booked at an instant. Of equal totals the nearest start is chosen, and of two
    /// that are as near the earlier one. `None` if none can be booked, as one that the calendar does not cover.
    #[must_use]
    pub fn cheapest_stay(
        &self,
        request: StayRequest,
        days: u32,
        now: DateTime<Utc>,
    ) -> Option<(Stay, Price)> {
        let mut cheapest: Option<(Stay, Price)> = None;
        for stay in request.stay.near(days) {
            let request = StayRequest { stay, ..request };
            let bookable = self.check(request, now).is_ok();
            let Some(price) = bookable.then(|| self.price(request, now).ok()).flatten() else {
                continue;
            };
            let total = price.total.amount();
            if cheapest
                .as_ref()
                .is_none_or(|(_, least)| total < least.total.amount())
            {
                cheapest = Some((stay, price));
            }
        }
        cheapest
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    use super::*;
    use crate::fixtures::{at, cabin, guests, stay, usd};
    use crate::property::calendar::{Calendar, ClaimKind, NightClaim, NightRules};
    use crate::shared::marketplace_terms::MarketplaceTerms;

    const NOW: &str = "2026-07-01T12:00:00Z";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(prices: &[(&str, i64)], taken: &[&str]) -> Calendar {
        let rules = prices.iter().map(|(date, amount)| {
            let price = Some(usd(*amount));
            let rules = NightRules {
                price,
                ..NightRules::default()
            };
            (day(date), rules)
        });
        let claims = taken.iter().map(|date| NightClaim {
            night: day(date),
            kind: ClaimKind::Blocked,
            booking_id: None,
        });
        let range = (day("2026-06-01"), day("2026-09-01"));
        Calendar::try_new(cabin(|_| {}).id, range, rules, claims).unwrap()
    }

    fn chosen(calendar: &Calendar, asked: &str, days: u32) -> Option<String> {
        let (property, terms) = (cabin(|_| {}), MarketplaceTerms::default());
        let offer = Offer::new(&property, calendar, &terms);
        let request = StayRequest::new(stay(asked), guests(2));
        let found = offer.cheapest_stay(request, days, at(NOW));
        found.map(|(stay, _)| stay.to_string())
    }

    #[test]
    fn the_cheapest_start_is_chosen_then_the_nearest_then_the_earlier() {
        let asked = "2026-07-14/2026-07-15";
        let same = Some(asked.to_owned());
        let found = |prices: &[_], taken: &[_], days| chosen(&calendar(prices, taken), asked, days);
        assert_eq!(found(&[], &[], 2), same);
        let cheap = [("2026-07-15", 5_00), ("2026-07-13", 5_00)];
        assert_eq!(found(&cheap, &[], 0), same);
        let earlier = Some("2026-07-13/2026-07-14".to_owned());
        assert_eq!(found(&cheap, &[], 1), earlier);
        let later = Some("2026-07-15/2026-07-16".to_owned());
        assert_eq!(found(&cheap, &["2026-07-13"], 1), later);
        assert_eq!(found(&[("2026-07-16", 5_00)], &[], 1), same);
        let taken = ["2026-07-13", "2026-07-14", "2026-07-15"];
        assert_eq!(found(&[], &taken, 1), None);
        assert_eq!(
            found(&[], &taken, 2),
            Some("2026-07-12/2026-07-13".to_owned())
        );
    }

    #[test]
    fn starts_in_the_past_are_not_chosen() {
        let cheap = calendar(&[("2026-06-30", 5_00), ("2026-07-01", 6_00)], &[]);
        let found = chosen(&cheap, "2026-07-02/2026-07-03", 3);
        assert_eq!(found.as_deref(), Some("2026-07-01/2026-07-02"));
    }

    proptest! {
        #[test]
        fn it_is_the_least_of_all_quotes(
            taken in proptest::collection::btree_set(0_u64..30, 0..12),
            prices in proptest::collection::btree_map(0_u64..30, 50_00_i64..60_00, 0..30),
            (ahead, nights, days) in (8_u64..20, 1_u64..4, 0_u32..9),
        ) {
            let first = day("2026-07-01");
            let (property, terms) = (cabin(|_| {}), MarketplaceTerms::default());
            let claims = taken.iter().map(|&night| NightClaim {
                night: first + Days::new(night),
                kind: ClaimKind::Blocked,
                booking_id: None,
            });
            let rules = prices.iter().map(|(&night, &amount)| {
                let price = Some(usd(amount));
                (first + Days::new(night), NightRules { price, ..NightRules::default() })
            });
            let range = (day("2026-06-01"), day("2026-09-01"));
            let calendar = Calendar::try_new(property.id, range, rules, claims).unwrap();
            let offer = Offer::new(&property, &calendar, &terms);
            let check_in = first + Days::new(ahead);
            let asked = Stay::try_new(check_in, check_in + Days::new(nights)).unwrap();
            let request = StayRequest::new(asked, guests(2));
            let quoted = asked.near(days).filter_map(|stay| {
                let quote = offer.quote(StayRequest { stay, ..request }, at(NOW)).ok()?;
                let distance = (stay.check_in() - check_in).num_days().abs();
                Some((quote.price.total.amount(), distance, stay))
            });
            let least = quoted.min().map(|(total, _, stay)| (stay, total));
            let found = offer.cheapest_stay(request, days, at(NOW));
            prop_assert_eq!(found.map(|(stay, price)| (stay, price.total.amount())), least);
        }
    }
}

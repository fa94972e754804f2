//! Invariants of every price.

use proptest::prelude::*;

use crate::booking::pricing::explain::explain_price;
use crate::booking::pricing::price::{LineKind, RatePlan};
use crate::booking::pricing::pricing_tests::{bps, priced, tax};
use crate::booking::pricing::stay_price::price;
use crate::fixtures::{at, guests, open_calendar, stay, usd};
use crate::property::pricing::{DayDiscount, ExtraGuestFee, NightsDiscount, Pricing};
use crate::property::tax_rate::TaxRate;
use crate::shared::guests::Guests;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;
use crate::shared::stay::Stay;

/// Highest amount that a host may enter.
const MOST: i64 = 1_000_000_000_000;

/// Pricing with every kind of rule.
pub(crate) fn any_pricing() -> impl Strategy<Value = Pricing> {
    let nights = (1_i64..10_000_000, prop::option::of(1_i64..10_000_000));
    let fees = (
        prop::option::of(0_i64..1_000_000),
        prop::option::of(0_i64..1_000_000),
        prop::option::of(0_i64..100_000),
    );
    let shares = prop::array::uniform6(
        prop_oneof![3 => 0_u32..3_000, 1 => 0_u32..=10_000, 1 => Just(10_000)],
    );
    let taxes = (0_u32..=3_000, 0_i64..10_000, prop::option::of(1_u32..40));
    (
        nights,
        fees,
        shares,
        (0_u32..5, 2_u32..40, 1_u32..200),
        taxes,
    )
        .prop_map(
            |(
                (nightly, weekend),
                (cleaning, pet, extra),
                shares,
                (after, tier, days),
                (percent, each, exempt),
            )| {
                let [weekly, monthly, own, early, late, non_refundable] = shares.map(bps);
                Pricing {
                    weekend: weekend.map(usd),
                    cleaning_fee: cleaning.map(usd),
                    pet_fee: pet.map(usd),
                    extra_guest_fee: extra.map(|fee| ExtraGuestFee {
                        after,
                        per_night: usd(fee),
                    }),
                    weekly_discount_bps: weekly,
                    monthly_discount_bps: monthly,
                    length_of_stay_discounts: vec![NightsDiscount {
                        nights: tier,
                        discount_bps: own,
                    }],
                    early_bird: Some(DayDiscount {
                        days_ahead: days,
                        discount_bps: early,
                    }),
                    last_minute: Some(DayDiscount {
                        days_ahead: days.min(28),
                        discount_bps: late,
                    }),
                    non_refundable_discount_bps: Some(non_refundable),
                    taxes: vec![
                        tax("Share", TaxRate::Percent { bps: bps(percent) }, exempt),
                        tax("Each", TaxRate::PerGuestNight { amount: usd(each) }, None),
                    ],
                    ..Pricing::nightly(usd(nightly))
                }
            },
        )
}

proptest! {
    #[test]
    fn the_total_is_the_sum_of_the_lines(
        pricing in any_pricing(), nights in 1_u64..60, adults in 1_u32..6, pets in 0_u32..2,
        rate in prop::sample::select(RatePlan::ALL),
    ) {
        let property = priced(|own| *own = pricing);
        let party = Guests::try_new(adults, 0, 0, pets).unwrap();
        let first = stay("2026-07-01/2026-07-02").check_in();
        let stay = Stay::try_new(first, first + chrono::Days::new(nights)).unwrap();
        let (calendar, terms, now) = (open_calendar(), MarketplaceTerms::default(), at("2026-03-01T17:00:00Z"));
        let (price, considered) = explain_price(&property, &calendar, stay, party, rate, &terms, now).unwrap();

        let sum = |wanted: &dyn Fn(LineKind) -> bool| {
            let lines = price.lines.iter().filter(|line| wanted(line.kind));
            Money::sum(price.currency(), lines.map(|line| line.amount)).unwrap()
        };
        prop_assert_eq!(sum(&|_| true), price.total);
        prop_assert_eq!(sum(&LineKind::is_host_line), price.host_subtotal().unwrap());
        prop_assert_eq!(price.host_subtotal().unwrap(), price.host_fee.checked_add(price.host_payout).unwrap());
        let of_nights = Money::sum(price.currency(), price.nights.iter().map(|night| night.amount)).unwrap();
        prop_assert_eq!(sum(&|kind| kind == LineKind::Nights), of_nights);
        prop_assert!(price.total.amount() >= 0 && price.host_payout.amount() >= 0);
        for line in &price.lines {
            prop_assert_eq!(line.amount, line.unit_amount.checked_mul(line.quantity.into()).unwrap());
            let sign = line.amount.amount().signum();
            let wrong = if line.kind.is_discount() { 1 } else { -1 };
            prop_assert_ne!(sign, wrong);
        }
        let kinds: Vec<_> = price.lines.iter().map(|line| LineKind::ALL.iter().position(|kind| *kind == line.kind)).collect();
        prop_assert!(kinds.is_sorted());

        let direct = crate::booking::pricing::stay_price::price(&property, &calendar, stay, party, rate, &terms, now);
        prop_assert_eq!(direct.as_ref(), Ok(&price));
        for it in &considered {
            prop_assert_eq!(it.line.map(|line| &*price.lines[line].rule), it.applied.then_some(&*it.rule));
        }
        for (place, line) in price.lines.iter().enumerate().filter(|(_, line)| line.kind != LineKind::Nights) {
            prop_assert_eq!(considered.iter().filter(|it| it.line == Some(place)).count(), 1, "{:?}", line);
        }
    }
}

#[test]
fn dearest_possible_stay_does_not_overflow() {
    let property = priced(|pricing| {
        let most = usd(MOST);
        *pricing = Pricing {
            weekend: Some(most),
            cleaning_fee: Some(most),
            pet_fee: Some(most),
            extra_guest_fee: Some(ExtraGuestFee {
                after: 1,
                per_night: most,
            }),
            taxes: (0..20)
                .map(|index| {
                    let percent = TaxRate::Percent { bps: bps(10_000) };
                    let each = TaxRate::PerGuestNight { amount: most };
                    tax("Tax", if index % 2 == 0 { percent } else { each }, None)
                })
                .collect(),
            ..Pricing::nightly(most)
        };
    });
    let terms = MarketplaceTerms {
        guest_fee_bps: bps(10_000),
        ..MarketplaceTerms::default()
    };
    let party = Guests::try_new(Guests::MAX_PER_KIND, Guests::MAX_PER_KIND, 0, 1).unwrap();
    let longest = stay("2026-07-01/2028-07-01");
    assert_eq!(longest.nights(), Stay::LONGEST);
    let now = at("2026-03-01T17:00:00Z");
    let dear = price(
        &property,
        &open_calendar(),
        longest,
        party,
        RatePlan::Standard,
        &terms,
        now,
    )
    .unwrap();
    assert!(dear.total.amount() > i64::from(Stay::LONGEST) * MOST);
    let least = price(
        &property,
        &open_calendar(),
        stay("2026-07-01/2026-07-02"),
        guests(1),
        RatePlan::Standard,
        &terms,
        now,
    );
    assert!(least.is_ok());
}

//! Validation of prices at every boundary.

use rstest::rstest;

use crate::fixtures::usd;
use crate::property::details::PropertyDetails;
use crate::property::pricing::{DayDiscount, ExtraGuestFee, NightsDiscount, Pricing, Tax};
use crate::property::tax_rate::TaxRate;
use crate::shared::basis_points::BasisPoints;
use crate::shared::currency::Currency;
use crate::shared::money::Money;

const MOST: i64 = 1_000_000_000_000;

fn bps(value: u32) -> BasisPoints {
    BasisPoints::try_new(value).unwrap()
}

/// Pointer and code of each violation.
fn violations_of(change: impl FnOnce(&mut Pricing)) -> Vec<(String, &'static str)> {
    let mut pricing = Pricing::nightly(usd(100_00));
    change(&mut pricing);
    let details = PropertyDetails {
        pricing: Some(pricing),
        ..PropertyDetails::default()
    };
    details
        .validate()
        .into_vec()
        .into_iter()
        .map(|it| (it.pointer, it.code))
        .collect()
}

fn at(pointer: &str, code: &'static str) -> Vec<(String, &'static str)> {
    vec![(format!("/pricing/{pointer}"), code)]
}

fn tax(rate: TaxRate) -> Tax {
    Tax {
        name: "Tax".into(),
        rate,
        exempt_from_nights: None,
    }
}

type Setter = fn(&mut Pricing, Money);

/// Fees and taxes.
const FEES: [(&str, Setter); 5] = [
    ("cleaning_fee", |pricing, amount| {
        pricing.cleaning_fee = Some(amount);
    }),
    ("pet_fee", |pricing, amount| pricing.pet_fee = Some(amount)),
    ("extra_guest_fee/per_night", |pricing, per_night| {
        pricing.extra_guest_fee = Some(ExtraGuestFee {
            after: 2,
            per_night,
        });
    }),
    ("taxes/0/amount", |pricing, amount| {
        pricing.taxes = vec![tax(TaxRate::PerNight { amount })];
    }),
    ("taxes/0/amount", |pricing, amount| {
        pricing.taxes = vec![tax(TaxRate::PerGuestNight { amount })];
    }),
];

#[test]
fn fees_lie_within_the_limits() {
    for (pointer, set) in FEES {
        let of = |amount| violations_of(|pricing| set(pricing, usd(amount)));
        assert_eq!((of(0), of(1), of(MOST)), (vec![], vec![], vec![]));
        for amount in [-1, i64::MIN, MOST + 1, i64::MAX] {
            assert_eq!(of(amount), at(pointer, "out_of_range"));
        }
    }
}

#[test]
fn prices_of_nights_are_above_zero() {
    let prices: [(&str, Setter); 2] = [
        ("nightly", |pricing, amount| pricing.nightly = amount),
        ("weekend", |pricing, amount| pricing.weekend = Some(amount)),
    ];
    for (pointer, set) in prices {
        let of = |amount| violations_of(|pricing| set(pricing, usd(amount)));
        assert_eq!((of(1), of(MOST)), (vec![], vec![]));
        for amount in [-1, 0, i64::MIN, MOST + 1] {
            assert_eq!(of(amount), at(pointer, "out_of_range"));
        }
    }
}

#[test]
fn all_amounts_are_in_one_currency() {
    let euro = Money::new(1, Currency::parse("EUR").unwrap());
    let found = violations_of(|pricing| {
        pricing.weekend = Some(euro);
        pricing.cleaning_fee = Some(euro);
        pricing.pet_fee = Some(euro);
        pricing.extra_guest_fee = Some(ExtraGuestFee {
            after: 1,
            per_night: euro,
        });
        pricing.taxes = vec![
            tax(TaxRate::Percent { bps: bps(1_000) }),
            tax(TaxRate::PerNight { amount: euro }),
            tax(TaxRate::PerGuestNight { amount: euro }),
        ];
    });
    let pointers: Vec<_> = found
        .iter()
        .map(|(pointer, code)| (pointer.as_str(), *code))
        .collect();
    let expected = [
        "weekend",
        "cleaning_fee",
        "pet_fee",
        "extra_guest_fee/per_night",
        "taxes/1/amount",
        "taxes/2/amount",
    ]
    .map(|name| format!("/pricing/{name}"));
    assert_eq!(
        pointers,
        expected
            .each_ref()
            .map(|pointer| (pointer.as_str(), "currency_mismatch"))
    );
}

#[rstest]
#[case(0, false)]
#[case(1, true)]
#[case(50, true)]
#[case(51, false)]
fn guests_included(#[case] after: u32, #[case] fine: bool) {
    let found = violations_of(|pricing| {
        pricing.extra_guest_fee = Some(ExtraGuestFee {
            after,
            per_night: usd(1),
        });
    });
    assert_eq!(
        found,
        if fine {
            vec![]
        } else {
            at("extra_guest_fee/after", "out_of_range")
        }
    );
}

#[rstest]
#[case(0, false, false)]
#[case(1, true, true)]
#[case(28, true, true)]
#[case(29, true, false)]
#[case(730, true, false)]
#[case(731, false, false)]
fn days_of_early_birds_and_last_minutes(
    #[case] days_ahead: u32,
    #[case] early: bool,
    #[case] late: bool,
) {
    let rule = Some(DayDiscount {
        days_ahead,
        discount_bps: bps(500),
    });
    let found = violations_of(|pricing| pricing.early_bird = rule);
    assert_eq!(
        found,
        if early {
            vec![]
        } else {
            at("early_bird/days_ahead", "out_of_range")
        }
    );
    let found = violations_of(|pricing| pricing.last_minute = rule);
    assert_eq!(
        found,
        if late {
            vec![]
        } else {
            at("last_minute/days_ahead", "out_of_range")
        }
    );
}

#[rstest]
#[case(1, false)]
#[case(2, true)]
#[case(731, true)]
#[case(732, false)]
fn nights_of_a_tier(#[case] nights: u32, #[case] fine: bool) {
    let tier = NightsDiscount {
        nights,
        discount_bps: bps(500),
    };
    let found = violations_of(|pricing| pricing.length_of_stay_discounts = vec![tier]);
    assert_eq!(
        found,
        if fine {
            vec![]
        } else {
            at("length_of_stay_discounts/0/nights", "out_of_range")
        }
    );
}

#[test]
fn tiers_are_few_and_differ() {
    let tiers = |nights: &[u32]| -> Vec<_> {
        nights
            .iter()
            .map(|&nights| NightsDiscount {
                nights,
                discount_bps: bps(500),
            })
            .collect()
    };
    let of =
        |nights: &[u32]| violations_of(|pricing| pricing.length_of_stay_discounts = tiers(nights));
    assert_eq!(
        of(&[7, 14, 7]),
        at("length_of_stay_discounts/2/nights", "duplicate")
    );
    let many: Vec<u32> = (2..23).collect();
    assert_eq!(of(&many[..20]), vec![]);
    assert_eq!(of(&many), at("length_of_stay_discounts", "too_many"));
}

#[test]
fn taxes_are_few_and_named() {
    let many = vec![tax(TaxRate::Percent { bps: bps(10_000) }); 21];
    assert_eq!(
        violations_of(|pricing| pricing.taxes = many[..20].to_vec()),
        vec![]
    );
    assert_eq!(
        violations_of(|pricing| pricing.taxes = many),
        at("taxes", "too_many")
    );
    let named = |name: String| {
        violations_of(|pricing| {
            pricing.taxes = vec![Tax {
                name,
                ..tax(TaxRate::Percent { bps: bps(1) })
            }];
        })
    };
    assert_eq!(named("n".repeat(100)), vec![]);
    assert_eq!(named("n".repeat(101)), at("taxes/0/name", "too_long"));
    assert_eq!(named(" ".into()), at("taxes/0/name", "required"));
}

#[rstest]
#[case(0, false)]
#[case(1, true)]
#[case(731, true)]
#[case(732, false)]
fn nights_from_which_a_tax_is_not_due(#[case] nights: u32, #[case] fine: bool) {
    let rate = TaxRate::Percent { bps: bps(1_000) };
    let found = violations_of(|pricing| {
        pricing.taxes = vec![Tax {
            exempt_from_nights: Some(nights),
            ..tax(rate)
        }];
    });
    assert_eq!(
        found,
        if fine {
            vec![]
        } else {
            at("taxes/0/exempt_from_nights", "out_of_range")
        }
    );
}

#[rstest]
#[case(0, 0, 0, 0)]
#[case(1_000, 0, 2_500, 3_250)]
#[case(1_000, 3_000, 0, 3_000)]
#[case(10_000, 0, 0, 10_000)]
#[case(1, 0, 1, 2)]
fn the_largest_discount_is_one_of_length_and_one_of_lead_time(
    #[case] weekly: u32,
    #[case] tier: u32,
    #[case] last_minute: u32,
    #[case] expected: u32,
) {
    let mut pricing = Pricing::nightly(usd(100));
    pricing.weekly_discount_bps = bps(weekly);
    pricing.length_of_stay_discounts = vec![NightsDiscount {
        nights: 3,
        discount_bps: bps(tier),
    }];
    let rule = |bps_value| {
        Some(DayDiscount {
            days_ahead: 3,
            discount_bps: bps(bps_value),
        })
    };
    pricing.early_bird = rule(0);
    pricing.last_minute = rule(last_minute);
    assert_eq!(pricing.max_discount_bps(), expected);
}

#[test]
fn tiers_are_in_the_order_of_their_nights_with_the_largest_of_each() {
    let mut pricing = Pricing::nightly(usd(100));
    pricing.weekly_discount_bps = bps(500);
    let own = [(30, 900), (7, 700), (3, 0), (7, 200), (2, 100)];
    pricing.length_of_stay_discounts = own
        .map(|(nights, share)| NightsDiscount {
            nights,
            discount_bps: bps(share),
        })
        .to_vec();
    let tiers = pricing.length_of_stay_tiers();
    let found = tiers.iter().map(|it| (it.nights, it.discount_bps.get()));
    let found: Vec<_> = found.collect();
    assert_eq!(found, [(2, 100), (7, 700), (30, 900)]);
}

//! Prices and times for refund tests.

use chrono::{NaiveTime, TimeDelta};
use chrono_tz::{America, Asia, Australia, Pacific, Tz};
use proptest::prelude::*;

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::pricing::price::{LineKind, PriceLine, PriceRecord};
use crate::booking::pricing::price::{Price, RatePlan};
use crate::booking::pricing::pricing_proptests::any_pricing;
use crate::booking::pricing::stay_price::price;
use crate::fixtures::{at, cabin, guests, open_calendar, stay, usd};
use crate::property::pricing::{Pricing, Tax};
use crate::property::tax_rate::TaxRate;
use crate::shared::basis_points::BasisPoints;
use crate::shared::guests::Guests;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;
use crate::shared::stay::Stay;

pub(crate) fn bps(value: u32) -> BasisPoints {
    BasisPoints::try_new(value).unwrap()
}

/// Price for `party` with the given changes and a tax of 10 %.
pub(crate) fn priced(dates: &str, party: Guests, change: impl FnOnce(&mut Pricing)) -> Price {
    let property = cabin(|details| {
        let pricing = details.pricing.as_mut().unwrap();
        let rate = TaxRate::Percent { bps: bps(1_000) };
        pricing.taxes = vec![Tax {
            name: "Tax".into(),
            rate,
            exempt_from_nights: None,
        }];
        change(pricing);
    });
    let (terms, now) = (MarketplaceTerms::default(), at("2026-03-01T17:00:00Z"));
    price(
        &property,
        &open_calendar(),
        stay(dates),
        party,
        RatePlan::Standard,
        &terms,
        now,
    )
    .unwrap()
}

/// Four nights at 100.00 and 40.00 cleaning; service fee 62.48, 10 % tax 44.00; total 546.48. Check-in is at
/// 2026-07-10 15:00 in New York, which is 19:00 UTC.
pub(crate) fn four_nights() -> Price {
    priced("2026-07-10/2026-07-14", guests(2), |pricing| {
        pricing.cleaning_fee = Some(usd(40_00));
    })
}

/// A stay in New York with check-in at 15:00, confirmed when it was booked.
pub(crate) fn deadlines(dates: &str, booked: &str) -> Deadlines {
    Deadlines {
        stay: stay(dates),
        zone: America::New_York,
        check_in_from: NaiveTime::from_hms_opt(15, 0, 0).unwrap(),
        booked_at: at(booked),
        confirmed_at: at(booked),
        confirmed_check_in: stay(dates).check_in(),
    }
}

const ZONES: [Tz; 6] = [
    America::New_York,
    America::Sao_Paulo,
    Asia::Kolkata,
    Australia::Lord_Howe,
    Pacific::Apia,
    Pacific::Auckland,
];

/// A price and the times of its stay, in various time zones and seasons.
pub(crate) fn any_stay(nights: std::ops::Range<u32>) -> impl Strategy<Value = (Price, Deadlines)> {
    let deadlines = (
        prop::sample::select(&ZONES[..]),
        0_u32..24,
        0_i64..120 * 24,
        0_i64..100,
    );
    let party = (1_u32..5, 0_u32..2, prop::sample::select(RatePlan::ALL));
    (any_pricing(), nights, 0_u64..400, party, deadlines).prop_map(
        |(pricing, nights, first, (adults, pets, rate), (zone, hour, ahead, later))| {
            let property =
                cabin(|details| (details.pricing, details.time_zone) = (Some(pricing), Some(zone)));
            let first = at("2026-02-01T12:00:00Z").date_naive() + chrono::Days::new(first);
            let stay = Stay::try_new(first, first + chrono::Days::new(nights.into())).unwrap();
            let check_in_from = NaiveTime::from_hms_opt(hour, 30, 0).unwrap();
            let check_in = first.and_time(check_in_from).and_utc();
            let booked_at = check_in - TimeDelta::hours(ahead);
            let confirmed_at = booked_at + TimeDelta::minutes(later);
            let guests = Guests::try_new(adults, 0, 0, pets).unwrap();
            let terms = MarketplaceTerms::default();
            let price = price(
                &property,
                &open_calendar(),
                stay,
                guests,
                rate,
                &terms,
                booked_at,
            )
            .unwrap();
            (
                price,
                Deadlines {
                    stay,
                    zone,
                    check_in_from,
                    booked_at,
                    confirmed_at,
                    confirmed_check_in: stay.check_in(),
                },
            )
        },
    )
}

/// The nights of a price with other lines below them, without a host fee.
pub(crate) fn with_other_lines(price: Price, others: impl IntoIterator<Item = PriceLine>) -> Price {
    let mut record = price.into_record();
    record.lines.retain(|line| line.kind == LineKind::Nights);
    record.lines.extend(others);
    let sum = |lines: &[&PriceLine]| {
        let amounts = lines.iter().map(|line| line.amount);
        Money::sum(record.total.currency(), amounts).unwrap()
    };
    let lines: Vec<_> = record.lines.iter().collect();
    let host_lines: Vec<_> = record
        .lines
        .iter()
        .filter(|line| line.kind.is_host_line())
        .collect();
    let (total, host_payout) = (sum(&lines), sum(&host_lines));
    Price::restore(PriceRecord {
        total,
        host_fee: Money::zero(total.currency()),
        host_payout,
        ..record
    })
    .unwrap()
}

//! Host cancellation fee at every boundary.

use rstest::rstest;

use crate::booking::cancellation::host_fee::host_cancellation_fee;
use crate::booking::cancellation::refund_strategies::{bps, deadlines, four_nights, priced};
use crate::fixtures::{at, guests, usd};
use crate::property::pricing::ExtraGuestFee;
use crate::shared::currency::Currency;
use crate::shared::guests::Guests;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;

#[rstest]
#[case("2026-06-10T18:59:59Z", 50_00)] // 10 % of 440.00 is below the minimum
#[case("2026-06-10T19:00:00Z", 110_00)]
#[case("2026-07-08T19:00:00Z", 110_00)]
#[case("2026-07-08T19:00:01Z", 200_00)] // half of four nights
#[case("2026-07-10T19:00:00Z", 200_00)]
#[case("2026-07-10T19:00:01Z", 150_00)]
#[case("2026-07-11T20:00:00Z", 100_00)] // half of the two not stayed
#[case("2026-07-13T19:00:01Z", 50_00)] // none is left: the minimum
fn host_cancellation_fee_by_time(#[case] now: &str, #[case] fee: i64) {
    let deadlines = deadlines("2026-07-10/2026-07-14", "2026-03-01T17:00:00Z");
    assert_eq!(
        host_cancellation_fee(
            &four_nights(),
            &deadlines,
            &MarketplaceTerms::default(),
            at(now)
        ),
        Ok(usd(fee))
    );
}

/// Seven nights from a Friday on: 450.00, 450.00, five at 300.00, 10 % discount: 2160.00; cleaning
/// 40.00, pet 20.00; a third guest, who does not count, 70.00.
#[rstest]
#[case("2026-06-10T18:59:59Z", 222_00)]
#[case("2026-06-10T19:00:00Z", 555_00)]
#[case("2026-07-08T19:00:00Z", 555_00)]
#[case("2026-07-08T19:00:01Z", 1_080_00)]
#[case("2026-07-10T19:00:01Z", 877_50)] // one night of 405.00 is stayed
#[case("2026-07-11T19:00:01Z", 675_00)]
#[case("2026-07-15T19:00:01Z", 135_00)]
fn fee_uses_the_price_of_each_remaining_night(#[case] now: &str, #[case] fee: i64) {
    let price = priced(
        "2026-07-10/2026-07-17",
        Guests::try_new(3, 0, 0, 1).unwrap(),
        |pricing| {
            (pricing.nightly, pricing.weekend) = (usd(300_00), Some(usd(450_00)));
            (pricing.cleaning_fee, pricing.pet_fee) = (Some(usd(40_00)), Some(usd(20_00)));
            pricing.extra_guest_fee = Some(ExtraGuestFee {
                after: 2,
                per_night: usd(10_00),
            });
            pricing.weekly_discount_bps = bps(1_000);
        },
    );
    let deadlines = deadlines("2026-07-10/2026-07-17", "2026-03-01T17:00:00Z");
    assert_eq!(
        host_cancellation_fee(&price, &deadlines, &MarketplaceTerms::default(), at(now)),
        Ok(usd(fee))
    );
}

#[rstest]
#[case("USD", 50_00)]
#[case("EUR", 50_00)]
#[case("GBP", 50_00)]
#[case("CAD", 50_00)]
#[case("AUD", 50_00)]
#[case("CHF", 50_00)]
#[case("JPY", 5_000)]
#[case("KWD", 0)]
#[case("SEK", 0)]
fn fee_is_at_least_the_minimum_of_its_currency(#[case] code: &str, #[case] least: i64) {
    let currency = Currency::parse(code).unwrap();
    let of = |nightly| {
        let price = priced("2026-07-10/2026-07-11", guests(1), |pricing| {
            pricing.nightly = Money::new(nightly, currency);
        });
        let deadlines = deadlines("2026-07-10/2026-07-11", "2026-03-01T17:00:00Z");
        let terms = MarketplaceTerms::default();
        host_cancellation_fee(&price, &deadlines, &terms, at("2026-05-01T00:00:00Z")).unwrap()
    };
    assert_eq!(of(100), Money::new(least.max(10), currency));
    assert_eq!(of(10 * least + 1_000), Money::new(least + 100, currency));
}

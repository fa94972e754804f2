//! Prices of altered bookings, line by line.

use rstest::rstest;

use crate::booking::alteration::booked_stays::booked;
use crate::booking::booking::Booking;
use crate::booking::pricing::price::{LineKind, Price, PriceError, RatePlan};
use crate::booking::pricing::pricing_tests::{bps, own_prices, priced, tax};
use crate::fixtures::{guests, open_calendar, stay, usd};
use crate::property::pricing::{DayDiscount, ExtraGuestFee, Pricing};
use crate::property::property::Property;
use crate::property::tax_rate::TaxRate;
use crate::shared::currency::Currency;
use crate::shared::guests::Guests;
use crate::shared::money::Money;

const BOOKED: &str = "2026-03-01T17:00:00Z";
const FOUR_NIGHTS: &str = "2026-07-13/2026-07-17";

/// A Monday to Friday at 100.00, 40.00 cleaning, 20.00 from the third guest on, 10 % tax, and 10 % early bird.
fn rich(pricing: &mut Pricing) {
    pricing.cleaning_fee = Some(usd(40_00));
    pricing.pet_fee = Some(usd(25_00));
    pricing.extra_guest_fee = Some(ExtraGuestFee {
        after: 2,
        per_night: usd(20_00),
    });
    pricing.weekly_discount_bps = bps(2_000);
    pricing.early_bird = Some(DayDiscount {
        days_ahead: 60,
        discount_bps: bps(1_000),
    });
    pricing.taxes = vec![tax("Tax", TaxRate::Percent { bps: bps(1_000) }, None)];
}

/// The same property after its host changed every price.
fn dearer() -> Property {
    priced(|pricing| {
        rich(pricing);
        pricing.nightly = usd(150_00);
        pricing.weekend = Some(usd(300_00));
        pricing.cleaning_fee = Some(usd(99_00));
        pricing.pet_fee = Some(usd(99_00));
        pricing.extra_guest_fee = None;
        pricing.weekly_discount_bps = bps(5_000);
        pricing.early_bird = None;
        pricing.taxes = Vec::new();
    })
}

fn booking() -> Booking {
    booked(&priced(rich), FOUR_NIGHTS, RatePlan::Standard, BOOKED)
}

fn altered(booking: &Booking, dates: &str, party: Guests) -> Price {
    let calendar = own_prices([("2026-07-18", usd(500_00))]);
    booking
        .altered_price(&dearer(), &calendar, stay(dates), party)
        .unwrap()
        .into_price()
}

fn amounts(price: &Price) -> Vec<(LineKind, u32, i64)> {
    let lines = price.lines.iter();
    lines
        .map(|it| (it.kind, it.quantity, it.amount.amount()))
        .collect()
}

#[test]
fn agreed_nights_keep_their_price_and_added_ones_cost_the_present_one() {
    let longer = altered(&booking(), "2026-07-12/2026-07-19", guests(2));
    // Four nights as agreed; a Sunday at 150.00, a Friday at 300.00, a Saturday at its own 500.00; the
    // kept weekly tier; the agreed early bird; cleaning and tax as agreed.
    let nights = 150_00 + 400_00 + 300_00 + 500_00;
    let (weekly, early) = (nights / 5, (nights - nights / 5) / 10);
    let base = nights - weekly - early + 40_00;
    assert_eq!(
        amounts(&longer),
        [
            (LineKind::Nights, 1, 150_00),
            (LineKind::Nights, 4, 400_00),
            (LineKind::Nights, 1, 300_00),
            (LineKind::Nights, 1, 500_00),
            (LineKind::LengthOfStayDiscount, 1, -weekly),
            (LineKind::EarlyBirdDiscount, 1, -early),
            (LineKind::CleaningFee, 1, 40_00),
            (LineKind::ServiceFee, 1, (base * 142 + 500) / 1_000),
            (LineKind::Tax, 1, base / 10),
        ]
    );
    let rules: Vec<_> = longer
        .lines
        .iter()
        .take(4)
        .map(|it| it.rule.as_ref())
        .collect();
    assert_eq!(
        rules,
        ["night.base", "night.base", "night.weekend", "night.date"]
    );
}

#[test]
fn the_party_moves_only_what_depends_on_it() {
    let booking = booking();
    let party = Guests::try_new(2, 1, 1, 1).unwrap();
    let price = altered(&booking, FOUR_NIGHTS, party);
    let base = 360_00 + 40_00 + 80_00 + 25_00;
    assert_eq!(
        amounts(&price),
        [
            (LineKind::Nights, 4, 400_00),
            (LineKind::EarlyBirdDiscount, 1, -40_00),
            (LineKind::CleaningFee, 1, 40_00),
            (LineKind::ExtraGuestFee, 4, 80_00),
            (LineKind::PetFee, 1, 25_00),
            (LineKind::ServiceFee, 1, 71_71),
            (LineKind::Tax, 1, base / 10),
        ]
    );
    let infant = Guests::try_new(2, 0, 2, 0).unwrap();
    assert_eq!(altered(&booking, FOUR_NIGHTS, infant), booking.price);
}

#[test]
fn a_shorter_stay_keeps_the_agreed_reductions() {
    let property = priced(|pricing| pricing.non_refundable_discount_bps = Some(bps(1_000)));
    let booking = booked(&property, FOUR_NIGHTS, RatePlan::NonRefundable, BOOKED);
    let price = altered(&booking, "2026-07-14/2026-07-15", guests(2));
    assert_eq!(
        amounts(&price),
        [
            (LineKind::Nights, 1, 100_00),
            (LineKind::NonRefundableDiscount, 1, -10_00),
            (LineKind::ServiceFee, 1, 12_78),
        ]
    );
}

/// Another currency of the present price list matters only where a night is added.
#[rstest]
#[case("2026-07-13/2026-07-16", guests(3), None)]
#[case("2026-07-13/2026-07-18", guests(2), Some(PriceError::CurrencyChanged))]
fn no_night_is_added_in_another_currency(
    #[case] dates: &str,
    #[case] party: Guests,
    #[case] error: Option<PriceError>,
) {
    let euro = Money::new(90_00, Currency::parse("EUR").unwrap());
    let property = crate::fixtures::cabin(|details| details.pricing = Some(Pricing::nightly(euro)));
    let price = booking().altered_price(&property, &open_calendar(), stay(dates), party);
    assert_eq!(price.err(), error);
}

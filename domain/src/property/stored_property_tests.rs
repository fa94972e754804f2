//! Records of properties that contradict themselves are refused.

use rstest::rstest;

use crate::fixtures::{cabin, usd};
use crate::property::enums::PropertyStatus;
use crate::property::pricing::Tax;
use crate::property::property::{Property, PropertyRecord, Rating};
use crate::property::tax_rate::TaxRate;
use crate::shared::currency::Currency;
use crate::shared::money::Money;

fn set_nightly(record: &mut PropertyRecord, nightly: Money) {
    record.details.pricing.as_mut().unwrap().nightly = nightly;
}

#[rstest]
#[case(|it: &mut PropertyRecord| it.version = 0, "version is 0: the first version is 1")]
#[case(
    |it: &mut PropertyRecord| it.rating = Rating { sum: 11, count: 2 },
    "rating is 11 in 2 reviews: each review counts 1 to 5"
)]
#[case(
    |it: &mut PropertyRecord| it.rating = Rating { sum: -2, count: -2 },
    "rating is -2 in -2 reviews: each review counts 1 to 5"
)]
#[case(
    |it: &mut PropertyRecord| it.details.time_zone = None,
    "details.time_zone is absent: a listed property needs it"
)]
#[case(
    |it: &mut PropertyRecord| it.details.pricing = None,
    "details.pricing is absent: a listed property needs it"
)]
#[case(
    |it: &mut PropertyRecord| set_nightly(it, usd(-1)),
    "details.pricing is -0.01 USD: amounts are not negative, and in USD"
)]
#[case(
    |it: &mut PropertyRecord| it.details.pricing.as_mut().unwrap().pet_fee = Some(Money::new(1, Currency::EUR)),
    "details.pricing is 0.01 EUR: amounts are not negative, and in USD"
)]
#[case(
    |it: &mut PropertyRecord| it.details.pricing.as_mut().unwrap().taxes.push(Tax {
        name: "City".to_owned(),
        rate: TaxRate::PerNight { amount: usd(-5) },
        exempt_from_nights: None,
    }),
    "details.pricing is -0.05 USD: amounts are not negative, and in USD"
)]
fn a_record_that_contradicts_itself_is_refused(
    #[case] change: fn(&mut PropertyRecord),
    #[case] reason: &str,
) {
    let mut record = cabin(|_| {}).into_record();
    change(&mut record);
    assert_eq!(Property::restore(record).unwrap_err().to_string(), reason);
}

#[test]
fn a_draft_may_be_incomplete() {
    let mut record = cabin(|_| {}).into_record();
    (record.status, record.details.pricing) = (PropertyStatus::Draft, None);
    record.rating = Rating { sum: 10, count: 2 };
    assert_eq!(
        Property::restore(record.clone()).unwrap().into_record(),
        record
    );
}

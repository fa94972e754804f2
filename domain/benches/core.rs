//! Benchmarks of pricing, availability and refunds: `cargo bench -p sojourn-domain`, or one of them
//! by name, such as `cargo bench -p sojourn-domain -- quote`.
//!
//! Budget: a quote of 7 nights takes 20 µs at most, and a night of a long stay no more than a night
//! of a short one. In `quote/own_prices` every date has its own price and therefore its own line,
//! which is the most expensive calendar.

#![expect(
    clippy::expect_used,
    reason = "the inputs are fixed, so a failure is a defect of the benchmark"
)]

use std::hint::black_box;
use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use criterion::{BenchmarkId, Criterion, Throughput};
use sojourn_domain::booking::{
    Deadlines, Offer, Price, Refund, RefundPolicy, RefundTier, StayRequest, check_availability,
};
use sojourn_domain::property::{
    Calendar, DayDiscount, ExtraGuestFee, NightRules, NightsDiscount, Pricing, Property,
    PropertyDetails, PropertyRecord, PropertyStatus, Rating, StayRules, Tax, TaxRate,
};
use sojourn_domain::shared::{
    BasisPoints, Currency, Guests, MarketplaceTerms, Money, PropertyId, Stay, UserId,
};
use uuid::Uuid;

/// The inputs of a price and of its refunds.
struct Case {
    property: Property,
    calendar: Calendar,
    stay: Stay,
    guests: Guests,
    terms: MarketplaceTerms,
    now: DateTime<Utc>,
}

impl Case {
    /// Stay of `nights` nights from July 1; every `own_price_every`-th night has its own price.
    fn new(nights: u32, own_price_every: u32) -> Self {
        let first = day(0);
        let own = (0..nights).step_by(own_price_every as usize).map(|night| {
            let price = Some(usd(140_00
                + i64::from(if own_price_every == 1 {
                    night
                } else {
                    night % 2
                })));
            (
                day(night),
                NightRules {
                    price,
                    ..NightRules::default()
                },
            )
        });
        Self {
            property: property(),
            calendar: Calendar::try_new(property().id, (first, day(nights + 8)), own, [])
                .expect("valid calendar"),
            stay: Stay::try_new(first, day(nights)).expect("valid stay"),
            guests: Guests::try_new(2, 1, 0, 1).expect("valid guests"),
            terms: MarketplaceTerms::default(),
            now: "2026-03-01T17:00:00Z".parse().expect("valid instant"),
        }
    }

    fn price(&self) -> Price {
        let Self {
            property,
            calendar,
            stay,
            guests,
            terms,
            now,
        } = self;
        Offer::new(property, calendar, terms)
            .price(StayRequest::new(*stay, *guests), *now)
            .expect("priced stay")
    }

    fn deadlines(&self) -> Deadlines {
        Deadlines {
            stay: self.stay,
            zone: chrono_tz::America::New_York,
            check_in_from: self.property.details.stay_rules.check_in_from,
            booked_at: self.now,
            confirmed_at: self.now,
            confirmed_check_in: self.stay.check_in(),
        }
    }
}

fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::parse("USD").expect("known currency"))
}

fn share(bps: u32) -> BasisPoints {
    BasisPoints::try_new(bps).expect("valid basis points")
}

fn day(offset: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 1).expect("valid date") + Days::new(offset.into())
}

fn property() -> Property {
    let pricing = Pricing {
        weekend: Some(usd(150_00)),
        cleaning_fee: Some(usd(60_00)),
        extra_guest_fee: Some(ExtraGuestFee {
            after: 2,
            per_night: usd(15_00),
        }),
        pet_fee: Some(usd(25_00)),
        weekly_discount_bps: share(1_000),
        monthly_discount_bps: share(2_500),
        length_of_stay_discounts: vec![NightsDiscount {
            nights: 14,
            discount_bps: share(1_500),
        }],
        early_bird: Some(DayDiscount {
            days_ahead: 60,
            discount_bps: share(500),
        }),
        taxes: vec![
            Tax {
                name: "Occupancy tax".into(),
                rate: TaxRate::Percent { bps: share(800) },
                exempt_from_nights: None,
            },
            Tax {
                name: "City tax".into(),
                rate: TaxRate::PerGuestNight { amount: usd(2_00) },
                exempt_from_nights: None,
            },
        ],
        ..Pricing::nightly(usd(120_00))
    };
    let details = PropertyDetails {
        time_zone: Some(chrono_tz::America::New_York),
        max_guests: Some(4),
        max_pets: 1,
        pricing: Some(pricing),
        stay_rules: StayRules {
            max_nights: Stay::LONGEST,
            check_in_from: NaiveTime::from_hms_opt(15, 0, 0).expect("valid time"),
            ..StayRules::default()
        },
        ..PropertyDetails::default()
    };
    Property::restore(PropertyRecord {
        id: PropertyId::new(Uuid::from_u128(1)),
        host_id: UserId::new(Uuid::from_u128(2)),
        status: PropertyStatus::Listed,
        details,
        rating: Rating::default(),
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        version: 1,
    })
    .expect("a consistent record")
}

fn quotes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("quote");
    for nights in [7, 28, 365] {
        group.throughput(Throughput::Elements(nights.into()));
        for (name, every) in [("some_own_prices", 3), ("own_prices", 1)] {
            let case = Case::new(nights, every);
            group.bench_function(BenchmarkId::new(name, nights), |bench| {
                bench.iter(|| black_box(&case).price());
            });
        }
    }
    group.finish();
    let Case {
        property,
        calendar,
        stay,
        guests,
        terms,
        now,
    } = Case::new(7, 3);
    criterion.bench_function("explain/7", |bench| {
        bench.iter(|| {
            Offer::new(black_box(&property), &calendar, &terms)
                .explained_quote(StayRequest::new(stay, guests), now)
        });
    });
}

fn availability(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("refusals");
    for nights in [7, 365] {
        let Case {
            property,
            calendar,
            stay,
            guests,
            now,
            ..
        } = Case::new(nights, 3);
        group.bench_function(BenchmarkId::from_parameter(nights), |bench| {
            bench.iter(|| check_availability(black_box(&property), &calendar, stay, guests, now));
        });
    }
    group.finish();
}

fn refunds(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("refund");
    for (nights, policy) in [
        (7, RefundPolicy::Moderate),
        (365, RefundPolicy::LongTermFirm),
    ] {
        let case = Case::new(nights, 3);
        let (price, deadlines) = (case.price(), case.deadlines());
        let at = deadlines.check_in() + chrono::TimeDelta::hours(30);
        group.bench_function(BenchmarkId::from_parameter(nights), |bench| {
            bench.iter(|| Refund::by_guest(policy, black_box(&price), &deadlines, &case.terms, at));
        });
    }
    group.finish();
}

fn curves(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("refund_schedule");
    for (name, nights, own_price_every, policy) in [
        ("7", 7, 3, RefundPolicy::Moderate),
        ("365", 365, 3, RefundPolicy::LongTermFirm),
        ("365_own_prices", 365, 1, RefundPolicy::LongTermFirm),
    ] {
        let case = Case::new(nights, own_price_every);
        let (price, deadlines) = (case.price(), case.deadlines());
        group.bench_function(BenchmarkId::from_parameter(name), |bench| {
            bench.iter(|| {
                RefundTier::schedule(policy, black_box(&price), &deadlines, &case.terms, case.now)
            });
        });
    }
    group.finish();
}

fn main() {
    let briefly = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let mut criterion = briefly.sample_size(50);
    quotes(&mut criterion);
    availability(&mut criterion);
    refunds(&mut criterion);
    curves(&mut criterion);
    criterion.final_summary();
}

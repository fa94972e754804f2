//! Random cases, for the plain implementation and for the code.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::{America, Australia, Europe, Pacific, Tz};
use proptest::prelude::*;
use sojourn_domain::booking::RatePlan;
use sojourn_domain::property::{
    Calendar, CancellationPolicy, DayDiscount, ExtraGuestFee, LongStayPolicy, NightRules,
    NightsDiscount, Pricing, Property, PropertyDetails, PropertyStatus, StayRules, Tax, TaxRate,
};
use sojourn_domain::shared::{BasisPoints, Currency, Guests, Money, PropertyId, Stay, UserId};
use uuid::Uuid;

use crate::listing::{Place, PriceList};
use crate::pricing::Party;

const ZONES: [Tz; 5] = [
    America::New_York,
    Europe::Lisbon,
    Australia::Lord_Howe,
    Pacific::Apia,
    Pacific::Auckland,
];

/// A listing as numbers and as the code's property with its calendar.
#[derive(Debug, Clone)]
pub struct Listing {
    pub list: PriceList,
    pub place: Place,
    pub property: Property,
    pub calendar: Calendar,
}

/// A stay with its party.
#[derive(Debug, Clone)]
pub struct Trip {
    pub from: NaiveDate,
    pub nights: u64,
    pub guests: Guests,
}

impl Trip {
    pub fn stay(&self) -> Stay {
        Stay::try_new(self.from, self.from + Days::new(self.nights)).unwrap()
    }

    pub fn dates(&self) -> Vec<NaiveDate> {
        (0..self.nights)
            .map(|night| self.from + Days::new(night))
            .collect()
    }

    pub fn party(&self) -> Party {
        Party {
            counted: self.guests.total_counted().into(),
            pets: self.guests.pets().into(),
        }
    }
}

pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 2, 1).unwrap()
}

pub fn any_trip() -> impl Strategy<Value = Trip> {
    let nights = prop_oneof![3 => 1_u64..12, 2 => 24_u64..34, 1 => 1_u64..100];
    let party = (1_u32..4, 0_u32..3, 0_u32..2, 0_u32..2);
    (0_u64..300, nights, party).prop_map(|(first, nights, (adults, children, infants, pets))| {
        Trip {
            from: first_day() + Days::new(first),
            nights,
            guests: Guests::try_new(adults, children, infants, pets).unwrap(),
        }
    })
}

fn share() -> impl Strategy<Value = i128> {
    prop_oneof![1 => Just(0_i128), 3 => 0_i128..4_000, 1 => 0_i128..=10_000]
}

fn price_list() -> impl Strategy<Value = PriceList> {
    let night = (1_i128..200_000, prop::option::of(1_i128..200_000));
    let dates = prop::collection::btree_map(0_u64..400, 1_i128..200_000, 0..30);
    let fees = (0_i128..20_000, 0_i128..5_000, (1_i128..5, 0_i128..4_000));
    let tiers = (share(), share(), (2_i128..60, share()));
    let lead = ((1_i64..120, share()), (1_i64..=28, share()), share());
    let taxes = (
        0_i128..3_000,
        prop::option::of(1_i128..40),
        0_i128..500,
        0_i128..300,
    );
    (night, dates, fees, tiers, lead, taxes).prop_map(
        |(night, dates, (cleaning, pet, extra), (weekly, monthly, own), lead, taxes)| {
            let dates = dates.into_iter();
            let dates = dates.map(|(day, price)| (first_day() + Days::new(day), price));
            PriceList {
                nightly: night.0,
                weekend: night.1,
                dates: dates.collect::<BTreeMap<_, _>>(),
                cleaning,
                pet,
                extra,
                tiers: vec![(7, weekly), (28, monthly), own],
                early: lead.0,
                late: lead.1,
                non_refundable: lead.2,
                tax_percent: (taxes.0, taxes.1),
                tax_per_night: taxes.2,
                tax_per_guest_night: taxes.3,
            }
        },
    )
}

pub fn any_listing() -> impl Strategy<Value = Listing> {
    let policies = (
        prop::sample::select(CancellationPolicy::ALL),
        prop::sample::select(LongStayPolicy::ALL),
    );
    (
        price_list(),
        prop::sample::select(&ZONES[..]),
        0_u32..24,
        0_u32..60,
        policies,
    )
        .prop_map(|(list, zone, hour, minute, (short, long))| {
            let place = Place {
                zone,
                check_in: NaiveTime::from_hms_opt(hour, minute, 0).unwrap(),
            };
            let details = PropertyDetails {
                time_zone: Some(zone),
                pricing: Some(pricing(&list)),
                cancellation_policy: short,
                long_stay_policy: long,
                stay_rules: StayRules {
                    check_in_from: place.check_in,
                    ..StayRules::default()
                },
                ..PropertyDetails::default()
            };
            let (id, host) = (
                PropertyId::new(Uuid::from_u128(3)),
                UserId::new(Uuid::from_u128(1)),
            );
            let draft = Property::draft(id, host, PropertyDetails::default(), booked_at(0));
            let mut record = draft.unwrap().into_record();
            record.details = details;
            record.status = PropertyStatus::Listed;
            let property = Property::restore(record).unwrap();
            let calendar = calendar(&list);
            Listing {
                list,
                place,
                property,
                calendar,
            }
        })
}

/// The price list after its host changed every price but none of the rules.
pub fn dearer(listing: &Listing, by: i128) -> Listing {
    let mut list = listing.list.clone();
    list.nightly += by;
    list.weekend = list.weekend.map(|price| price + by);
    list.cleaning += by;
    list.tiers.iter_mut().for_each(|tier| tier.1 /= 2);
    let mut record = listing.property.clone().into_record();
    record.details.pricing = Some(pricing(&list));
    Listing {
        property: Property::restore(record).unwrap(),
        calendar: calendar(&list),
        place: listing.place,
        list,
    }
}

pub fn booked_at(hours: i64) -> DateTime<Utc> {
    first_day().and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(hours)
}

pub fn any_rate() -> impl Strategy<Value = RatePlan> {
    prop::sample::select(RatePlan::ALL)
}

fn usd(amount: i128) -> Money {
    Money::new(
        i64::try_from(amount).unwrap(),
        Currency::parse("USD").unwrap(),
    )
}

fn bps(share: i128) -> BasisPoints {
    BasisPoints::try_new(u32::try_from(share).unwrap()).unwrap()
}

fn calendar(list: &PriceList) -> Calendar {
    let rules = list.dates.iter().map(|(&date, &price)| {
        let rules = NightRules {
            price: Some(usd(price)),
            ..NightRules::default()
        };
        (date, rules)
    });
    let dates = ["1970-01-01", "2202-01-01"].map(|date| date.parse().unwrap());
    Calendar::try_new(PropertyId::new(Uuid::from_u128(3)), dates.into(), rules, []).unwrap()
}

fn pricing(list: &PriceList) -> Pricing {
    let days = |(days, share): (i64, i128)| DayDiscount {
        days_ahead: u32::try_from(days).unwrap(),
        discount_bps: bps(share),
    };
    let tax = |name: &str, rate, exempt_from_nights| Tax {
        name: name.to_owned(),
        rate,
        exempt_from_nights,
    };
    let exempt = list
        .tax_percent
        .1
        .map(|nights| u32::try_from(nights).unwrap());
    Pricing {
        weekend: list.weekend.map(usd),
        cleaning_fee: Some(usd(list.cleaning)),
        pet_fee: Some(usd(list.pet)),
        extra_guest_fee: Some(ExtraGuestFee {
            after: u32::try_from(list.extra.0).unwrap(),
            per_night: usd(list.extra.1),
        }),
        weekly_discount_bps: bps(list.tiers[0].1),
        monthly_discount_bps: bps(list.tiers[1].1),
        length_of_stay_discounts: vec![NightsDiscount {
            nights: u32::try_from(list.tiers[2].0).unwrap(),
            discount_bps: bps(list.tiers[2].1),
        }],
        early_bird: Some(days(list.early)),
        last_minute: Some(days(list.late)),
        non_refundable_discount_bps: Some(bps(list.non_refundable)),
        taxes: vec![
            tax(
                "Share",
                TaxRate::Percent {
                    bps: bps(list.tax_percent.0),
                },
                exempt,
            ),
            tax(
                "Night",
                TaxRate::PerNight {
                    amount: usd(list.tax_per_night),
                },
                None,
            ),
            tax(
                "Head",
                TaxRate::PerGuestNight {
                    amount: usd(list.tax_per_guest_night),
                },
                None,
            ),
        ],
        ..Pricing::nightly(usd(list.nightly))
    }
}

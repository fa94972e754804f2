//! Scenarios: a property, a stay, and the events that may follow.

use chrono::Days;
use proptest::prelude::*;

use crate::booking::booking::Booking;
use crate::booking::lifecycle::hold::NewBooking;
use crate::booking::offer::{Offer, StayRequest};
use crate::booking::pricing::price::RatePlan;
use crate::fixtures::{BOOKING, GUEST, at, cabin, guests, open_calendar};
use crate::ledger::test_support::simulation::{BOOKED, Simulation};
use crate::property::enums::{BookingMode, CancellationPolicy};
use crate::property::pricing::{ExtraGuestFee, Pricing, Tax};
use crate::property::property::Property;
use crate::property::tax_rate::TaxRate;
use crate::shared::basis_points::BasisPoints;
use crate::shared::booking_role::BookingRole;
use crate::shared::currency::Currency;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;
use crate::shared::stay::Stay;

/// A property with its prices, and the initial stay.
#[derive(Debug, Clone)]
pub struct Scenario {
    currency: &'static str,
    zone: chrono_tz::Tz,
    policy: CancellationPolicy,
    pub rate: RatePlan,
    pub mode: BookingMode,
    nightly: i64,
    cleaning: i64,
    per_guest: i64,
    weekly: u32,
    fees: (u32, u32),
    taxes: (u32, i64),
    preparation: u32,
    ahead: u64,
    nights: u64,
}

/// Days later, additional nights, and guests.
pub type Change = (i64, i64, u32);

/// Possible events; impossible ones are skipped.
#[derive(Debug, Clone, Copy)]
pub enum Event {
    Wait(i64),
    Arrival,
    Charge,
    Answer(usize, bool),
    Accept,
    Decline,
    TimeOut,
    CheckIn,
    CheckOut,
    NoShow,
    Cancel(BookingRole, u32),
    Alter(Change, bool),
    Agree,
    Give(BookingRole, i64),
    PayOut(i64),
    Recover,
}

pub fn scenarios() -> impl Strategy<Value = Scenario> {
    let zones = [
        chrono_tz::America::New_York,
        chrono_tz::Pacific::Auckland,
        chrono_tz::Europe::Lisbon,
    ];
    let place = (
        prop::sample::select(vec!["USD", "JPY", "KWD"]),
        prop::sample::select(zones.to_vec()),
        prop::sample::select(CancellationPolicy::ALL),
        prop::sample::select(RatePlan::ALL),
        prop::sample::select(BookingMode::ALL),
        (0_u32..3, 1_u64..120, prop_oneof![1_u64..10, 1_u64..100]),
    );
    let cost = (1_i64..100_000, 0_i64..30_000, 0_i64..3_000, 0_u32..=10_000);
    let shares = ((0_u32..2_000, 0_u32..2_000), (0_u32..2_500, 0_i64..500));
    (place, cost, shares).prop_map(|(place, cost, (fees, taxes))| {
        let (currency, zone, policy, rate, mode, (preparation, ahead, nights)) = place;
        let (nightly, cleaning, per_guest, weekly) = cost;
        Scenario {
            currency,
            zone,
            policy,
            rate,
            mode,
            nightly,
            cleaning,
            per_guest,
            weekly,
            fees,
            taxes,
            preparation,
            ahead,
            nights,
        }
    })
}

pub fn events() -> impl Strategy<Value = Event> {
    let side = prop::sample::select(vec![
        BookingRole::Guest,
        BookingRole::Host,
        BookingRole::Admin,
    ]);
    let giver = prop::sample::select(vec![BookingRole::Host, BookingRole::Admin]);
    prop_oneof![
        2 => (0_i64..72).prop_map(Event::Wait),
        1 => (72_i64..2_000).prop_map(Event::Wait),
        1 => Just(Event::Arrival),
        4 => Just(Event::Charge),
        8 => (0_usize..4, prop::bool::weighted(0.75)).prop_map(|(call, done)| Event::Answer(call, done)),
        2 => Just(Event::Accept),
        1 => Just(Event::Decline),
        1 => Just(Event::TimeOut),
        1 => Just(Event::CheckIn),
        1 => Just(Event::CheckOut),
        1 => Just(Event::NoShow),
        1 => (side, 0_u32..=10_000).prop_map(|(by, share)| Event::Cancel(by, share)),
        5 => ((-3_i64..4, -20_i64..30, 1_u32..5), any::<bool>()).prop_map(|(to, agreed)| Event::Alter(to, agreed)),
        1 => Just(Event::Agree),
        2 => (giver, 1_i64..120_000).prop_map(|(by, amount)| Event::Give(by, amount)),
        2 => (0_i64..100_000).prop_map(Event::PayOut),
        1 => Just(Event::Recover),
    ]
}

impl Scenario {
    pub fn money(&self, amount: i64) -> Money {
        Money::new(amount, Currency::parse(self.currency).unwrap())
    }

    pub fn terms(&self) -> MarketplaceTerms {
        let share = |bps| BasisPoints::try_new(bps).unwrap();
        let (guest_fee_bps, host_fee_bps) = (share(self.fees.0), share(self.fees.1));
        MarketplaceTerms {
            guest_fee_bps,
            host_fee_bps,
            ..MarketplaceTerms::default()
        }
    }

    pub fn property(&self) -> Property {
        cabin(|details| {
            let share = |bps| BasisPoints::try_new(bps).unwrap();
            let mut pricing = Pricing::nightly(self.money(self.nightly));
            pricing.weekend = Some(self.money(self.nightly + self.nightly / 3));
            pricing.cleaning_fee = Some(self.money(self.cleaning));
            pricing.extra_guest_fee = Some(ExtraGuestFee {
                after: 1,
                per_night: self.money(self.per_guest),
            });
            pricing.weekly_discount_bps = share(self.weekly);
            pricing.non_refundable_discount_bps = Some(share(1_000));
            let tax = |rate| Tax {
                name: "Tax".into(),
                rate,
                exempt_from_nights: None,
            };
            let amount = self.money(self.taxes.1);
            pricing.taxes = vec![
                tax(TaxRate::Percent {
                    bps: share(self.taxes.0),
                }),
                tax(TaxRate::PerNight { amount }),
            ];
            details.pricing = Some(pricing);
            details.time_zone = Some(self.zone);
            details.cancellation_policy = self.policy;
            details.booking_mode = self.mode;
            details.stay_rules.preparation_nights = self.preparation;
        })
    }

    pub fn begin(&self, property: &Property) -> Simulation {
        let first = at(BOOKED).date_naive() + Days::new(self.ahead);
        let stay = Stay::try_new(first, first + Days::new(self.nights)).unwrap();
        let (terms, now) = (self.terms(), at(BOOKED));
        let request = StayRequest::new(stay, guests(2)).at_rate(self.rate);
        let calendar = open_calendar();
        let quote = Offer::new(property, &calendar, &terms).quote(request, now);
        let new = NewBooking {
            id: BOOKING,
            guest_id: GUEST,
            quote: quote.unwrap(),
            message: None,
        };
        Simulation::from_change(Booking::hold(property, new, now).unwrap(), now)
    }
}

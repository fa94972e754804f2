//! Comparisons of the code with the plain implementation.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use sojourn_domain::booking::{
    AcceptedBy, AlteredPrice, Booking, BookingConditions, NewAlteration, NewBooking, Offer, Price,
    Quote, QuoteRecord, RatePlan, Refund, StayRequest,
};
use sojourn_domain::property::BookingMode;
use sojourn_domain::shared::{AlterationId, BookingId, BookingRole, MarketplaceTerms, UserId};
use uuid::Uuid;

use crate::cases::{Listing, Trip, any_listing, any_rate, any_trip, booked_at, dearer};
use crate::pricing::{Agreed, Bill, altered_nights, bill, present_nights};
use crate::refunds::Times;

fn cases() -> ProptestConfig {
    let number = std::env::var("SOJOURN_ORACLE_CASES").ok();
    ProptestConfig::with_cases(number.map_or(300, |number| number.parse().unwrap()))
}

fn agreed(listing: &Listing, trip: &Trip, rate: RatePlan, now: DateTime<Utc>) -> Agreed {
    let ahead = (trip.from - listing.place.date_at(now)).num_days();
    let reduced = rate == RatePlan::NonRefundable;
    Agreed {
        lead_time: listing.list.lead_time(ahead),
        non_refundable: if reduced {
            listing.list.non_refundable
        } else {
            0
        },
    }
}

fn first_bill(listing: &Listing, trip: &Trip, agreed: Agreed) -> Bill {
    let nights = present_nights(&listing.list, &trip.dates());
    bill(&listing.list, agreed, nights, trip.party())
}

fn code_price(listing: &Listing, trip: &Trip, rate: RatePlan, now: DateTime<Utc>) -> Price {
    let terms = MarketplaceTerms::default();
    let request = StayRequest::new(trip.stay(), trip.guests).at_rate(rate);
    Offer::new(&listing.property, &listing.calendar, &terms)
        .price(request, now)
        .unwrap()
}

fn booking(listing: &Listing, trip: &Trip, rate: RatePlan, now: DateTime<Utc>) -> Booking {
    let terms = MarketplaceTerms::default();
    let quote = Quote::restore(QuoteRecord {
        property_id: listing.property.id,
        stay: trip.stay(),
        guests: trip.guests,
        rate,
        price: code_price(listing, trip, rate, now),
        conditions: BookingConditions::of(&listing.property, trip.stay(), rate, now).unwrap(),
        terms,
        expires_at: now,
    });
    let new = NewBooking {
        id: BookingId::new(Uuid::from_u128(4)),
        guest_id: UserId::new(Uuid::from_u128(2)),
        quote: quote.unwrap(),
        message: None,
    };
    let held = Booking::hold(&listing.property, new, now)
        .unwrap()
        .into_booking();
    held.record_capture("ABCDEFGHJK".into(), now)
        .unwrap()
        .into_booking()
}

fn times(listing: &Listing, first: &Trip, trip: &Trip, now: DateTime<Utc>) -> Times {
    Times {
        place: listing.place,
        check_in: trip.from,
        nights: trip.nights,
        booked: now,
        confirmed: now,
        first_check_in: first.from,
    }
}

/// Lines of both, without those of zero, and the host's payout.
fn require_same(code: &Price, plain: &Bill) -> Result<(), TestCaseError> {
    let lines = code
        .lines
        .iter()
        .map(|line| i128::from(line.amount.amount()));
    let lines: Vec<_> = lines.filter(|&amount| amount != 0).collect();
    let own = plain.lines.iter().map(|line| line.1);
    prop_assert_eq!(lines, own.filter(|&amount| amount != 0).collect::<Vec<_>>());
    prop_assert_eq!(i128::from(code.total.amount()), plain.total());
    prop_assert_eq!(i128::from(code.host_payout.amount()), plain.payout());
    Ok(())
}

fn refunded(refund: &Refund) -> (i128, i128) {
    let lines = refund.lines.iter().filter(|line| line.kind.is_host_line());
    let hosts = lines.map(|line| i128::from(line.refunded.amount())).sum();
    (refund.refund.amount().into(), hosts)
}

/// Policy of the page for so many nights.
fn policy(booking: &Booking, nights: u64) -> &'static str {
    let (short, long) = (
        booking.conditions.short_stay_policy,
        booking.conditions.long_stay_policy,
    );
    if nights >= 28 {
        long.as_str()
    } else {
        short.as_str()
    }
}

/// The booking after an alteration that the other side accepted.
fn altered(booking: &Booking, price: AlteredPrice, now: DateTime<Utc>) -> Option<Booking> {
    let new = NewAlteration {
        id: AlterationId::new(Uuid::from_u128(5)),
        price,
        payment_method: None,
    };
    let proposed = booking
        .alter(BookingRole::Guest, new, now)
        .ok()?
        .into_booking();
    Some(
        proposed
            .accept_covered_alteration(BookingRole::Host, now)
            .ok()?
            .into_booking(),
    )
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn prices_and_refunds_are_those_of_the_page(
        listing in any_listing(),
        trip in any_trip(),
        rate in any_rate(),
        (booked, waited) in (0_i64..24 * 300, 0_i64..60 * 24 * 200),
    ) {
        let booked = booked_at(booked);
        let plain = first_bill(&listing, &trip, agreed(&listing, &trip, rate, booked));
        let booking = booking(&listing, &trip, rate, booked);
        require_same(&booking.price, &plain)?;
        let now = booked + TimeDelta::minutes(waited);
        let code = booking.refund(BookingRole::Guest, None, now).unwrap();
        let own = times(&listing, &trip, &trip, booked);
        prop_assert_eq!(refunded(&code), own.refund(policy(&booking, trip.nights), &plain, now));
    }

    #[test]
    fn alterations_are_those_of_the_page(
        listing in any_listing(),
        (first, second) in (any_trip(), any_trip()),
        near in prop::option::of((0_u64..6, -5_i64..8)),
        rate in any_rate(),
        (ahead, asked, waited) in (1_i64..24 * 90, 0_i64..24 * 60, 0_i64..60 * 24 * 60),
        raised in 0_i128..5_000,
    ) {
        let second = match near {
            Some((later, longer)) => Trip {
                from: first.from + chrono::Days::new(later) - chrono::Days::new(3),
                nights: first.nights.saturating_add_signed(longer).max(1),
                guests: second.guests,
            },
            None => second,
        };
        let booked = listing.place.check_in_on(first.from) - TimeDelta::hours(ahead);
        let (now, agreed) = (booked + TimeDelta::hours(asked), agreed(&listing, &first, rate, booked));
        let booking = booking(&listing, &first, rate, booked);
        let before = first_bill(&listing, &first, agreed);

        let present = dearer(&listing, raised);
        let nights = altered_nights(&before, &present.list, &second.dates());
        let after = bill(&listing.list, agreed, nights, second.party());
        let (stay, calendar) = (second.stay(), &present.calendar);
        let code = booking.altered_price(&present.property, calendar, stay, second.guests).unwrap();
        require_same(&code, &after)?;

        let old = times(&listing, &first, &first, booked);
        let (refund, left) = old.refund(policy(&booking, first.nights), &before, now);
        let dates = second.dates();
        let drops_none = first.dates().iter().all(|night| dates.contains(night));
        let costs_nothing = drops_none && after.payout() >= before.payout();
        let by_page = refund == before.total() || costs_nothing;
        let mode = BookingMode::Instant;
        let by = booking.alteration_accepted_by(BookingRole::Guest, mode, &code, now).unwrap();
        prop_assert!(by_page || by == AcceptedBy::Host);

        let new = times(&listing, &first, &second, booked);
        let Some(altered) = altered(&booking, code, now) else { return Ok(()) };
        prop_assert_eq!(altered.policy.as_str(), policy(&altered, second.nights));
        let later = now + TimeDelta::minutes(waited);
        for instant in [now, later] {
            let code = altered.refund(BookingRole::Guest, None, instant).unwrap();
            let plain = new.refund(altered.policy.as_str(), &after, instant);
            prop_assert_eq!(refunded(&code), plain);
            // What a cancellation would have left the host, an alteration without consent leaves it too.
            let kept = after.base() - plain.1;
            prop_assert!(by == AcceptedBy::Host || kept >= before.base() - left);
        }
    }
}

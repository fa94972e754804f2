//! No command and no rule panics, whatever the terms of the marketplace are.

use std::collections::BTreeMap;

use rstest::rstest;

use crate::booking::booking::Booking;
use crate::booking::cancellation::refund_schedule::RefundTier;
use crate::booking::lifecycle::hold::NewBooking;
use crate::booking::lifecycle::hold_limits::{check_hold_limits, recent_holds_begin};
use crate::booking::offer::{Offer, StayRequest};
use crate::fixtures::{BOOKING, GUEST, at, cabin, guests, open_calendar, stay, stored};
use crate::ledger::payout_schedule::payout_schedule;
use crate::review::review::{Review, ReviewText};
use crate::review::scores::Scores;
use crate::shared::basis_points::BasisPoints;
use crate::shared::booking_role::BookingRole;
use crate::shared::id::ReviewId;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::money::Money;

fn terms(value: u32) -> MarketplaceTerms {
    let share = BasisPoints::try_new(value.min(10_000)).unwrap();
    MarketplaceTerms {
        version: value,
        hold_minutes: value,
        request_hours: value,
        quote_minutes: value,
        grace_hours: value,
        grace_days_ahead: value,
        guest_fee_bps: share,
        host_fee_bps: share,
        review_days: value,
        response_days: value,
        payout_hours: value,
        alteration_hours: value,
        max_alterations: value,
        max_open_holds: value,
        max_hold_nights: value,
        released_nights_minutes: value,
        max_refused_cards: value,
        max_refused_cards_hourly: value,
        max_daily_proposals: value,
        counted_review_days: value,
        ..MarketplaceTerms::default()
    }
}

#[rstest]
#[case(0)]
#[case(u32::MAX)]
fn a_whole_life_under_extreme_terms(#[case] value: u32) {
    let (property, calendar, terms) = (cabin(|_| {}), open_calendar(), terms(value));
    let now = at("2026-03-01T17:00:00Z");
    let request = StayRequest::new(stay("2026-07-10/2026-07-14"), guests(2));
    let quote = Offer::new(&property, &calendar, &terms)
        .quote(request, now)
        .unwrap();
    let new = NewBooking {
        id: BOOKING,
        guest_id: GUEST,
        quote,
        message: None,
    };
    let held = stored(Booking::hold(&property, new, now).unwrap());
    assert!(recent_holds_begin(&terms, now) <= now);
    let _may_hold_more = check_hold_limits(
        std::slice::from_ref(&held),
        property.id,
        stay("2026-08-10/2026-08-14"),
        &terms,
        now,
    );
    let booking = stored(held.record_capture("ABCDEFGHJK".into(), now).unwrap());
    let deadlines = booking.deadlines();
    let tiers = RefundTier::schedule(booking.policy, &booking.price, &deadlines, &terms, now);
    assert!(!tiers.unwrap().is_empty());
    let nothing = Money::zero(booking.price.currency());
    assert!(payout_schedule(&booking, booking.price.host_payout, nothing).is_ok());
    let gone = at("2026-07-14T16:00:00Z");
    let arrived = booking.check_in(BookingRole::Guest, at("2026-07-10T20:00:00Z"));
    let left = stored(
        arrived
            .unwrap()
            .booking()
            .check_out(BookingRole::Guest, gone)
            .unwrap(),
    );
    let text = ReviewText {
        scores: Scores {
            overall: 5,
            categories: BTreeMap::new(),
        },
        public_comment: "A quiet place.".into(),
        private_note: None,
    };
    let id = ReviewId::new(uuid::Uuid::from_u128(9));
    let written = Review::write(id, &left, BookingRole::Guest, text, None, gone);
    let in_time = value > 0;
    assert_eq!(written.is_ok(), in_time);
    let Ok(change) = written else { return };
    let review = change.reviews[0].clone();
    assert!(review.publish_after_window(value, value, gone).is_none());
}

//! Invariants of a booking under random commands in any order and at any time.

use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use uuid::Uuid;

use crate::booking::booking::{Booking, Cancellation};
use crate::booking::cancellation::cancel::CancelRequest;
use crate::booking::change::{BookingChange, NightsChange};
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::{BookingStatus, TRANSITIONS};
use crate::fixtures::{alteration, at, cabin, guests, hold, stay};
use crate::property::calendar::{ClaimKind, NightClaim};
use crate::property::property::Property;
use crate::shared::booking_role::BookingRole;
use crate::shared::id::PaymentEntryId;
use crate::shared::local_time::local_date;
use crate::shared::stay::Stay;

/// Spans the daylight saving change of New York on March 8.
const STAY: &str = "2026-03-06/2026-03-10";
const CODE: &str = "ABCDEFGHJK";

#[derive(Debug, Clone, Copy)]
enum Step {
    Wait(i64),
    Store,
    Capture,
    Authorize,
    BeginAcceptance,
    ConfirmAcceptance,
    Decline,
    Alter { from: u64, nights: u64, adults: u32 },
    AcceptAlteration { charged: bool },
    AlterationPaid,
    AlterationRefused,
    DeclineAlteration,
    WithdrawAlteration,
    CheckIn,
    CheckOut,
    NoShow,
    Cancel,
    TimeOut,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (1_i64..3_000).prop_map(Step::Wait),
        3 => Just(Step::Store),
        2 => Just(Step::Capture),
        1 => Just(Step::Authorize),
        1 => Just(Step::BeginAcceptance),
        1 => Just(Step::ConfirmAcceptance),
        1 => Just(Step::Decline),
        6 => (0_u64..12, 1_u64..8, 1_u32..4).prop_map(|(from, nights, adults)| Step::Alter { from, nights, adults }),
        4 => any::<bool>().prop_map(|charged| Step::AcceptAlteration { charged }),
        2 => Just(Step::AlterationPaid),
        1 => Just(Step::AlterationRefused),
        1 => Just(Step::DeclineAlteration),
        1 => Just(Step::WithdrawAlteration),
        3 => Just(Step::CheckIn),
        1 => Just(Step::CheckOut),
        1 => Just(Step::NoShow),
        1 => Just(Step::Cancel),
        2 => Just(Step::TimeOut),
    ]
}

fn party() -> impl Strategy<Value = BookingRole> {
    prop::sample::select(vec![
        BookingRole::Guest,
        BookingRole::Host,
        BookingRole::Admin,
        BookingRole::System,
    ])
}

/// A booking, the nights that a store would hold for it, and the time.
struct LifecycleModel {
    property: Property,
    booking: Booking,
    nights: Vec<NightClaim>,
    now: DateTime<Utc>,
}

impl LifecycleModel {
    fn new(zone: Tz, preparation_nights: u32) -> Self {
        let property = cabin(|details| {
            details.time_zone = Some(zone);
            details.stay_rules.preparation_nights = preparation_nights;
        });
        let now = at("2026-03-04T17:00:00Z");
        let change = hold(&property, STAY, now);
        let mut model = Self {
            property,
            booking: change.booking().clone(),
            nights: Vec::new(),
            now,
        };
        model.store(change);
        model
    }

    fn store(&mut self, change: BookingChange) {
        if let NightsChange::Set(claims) = change.nights().clone() {
            self.nights = claims;
        }
        self.booking = change.into_booking();
    }

    fn attempt(&self, step: Step, by: BookingRole) -> Result<BookingChange, TransitionError> {
        let (booking, now, charge) = (
            self.booking.clone(),
            self.now,
            PaymentEntryId::new(Uuid::from_u128(9)),
        );
        match step {
            Step::Wait(_) | Step::Store => unreachable!("not a transition"),
            Step::Capture => booking.record_capture(CODE.into(), now),
            Step::Authorize => booking.record_authorization(now),
            Step::BeginAcceptance => booking.begin_acceptance(by, now),
            Step::ConfirmAcceptance => booking.confirm_acceptance(CODE.into(), now),
            Step::Decline => booking.decline(by, None, now),
            Step::Alter {
                from,
                nights,
                adults,
            } => {
                let first = stay("2026-03-02/2026-03-03").check_in() + Days::new(from);
                let dates = Stay::try_new(first, first + Days::new(nights))
                    .unwrap()
                    .to_string();
                booking.alter(by, alteration(&self.property, &dates, guests(adults)), now)
            }
            Step::AcceptAlteration { charged } => {
                booking.accept_alteration(by, charged.then_some(charge), now)
            }
            Step::AlterationPaid => booking.record_alteration_capture(charge, now),
            Step::AlterationRefused => {
                booking.record_alteration_decline(charge, "card_declined".into(), now)
            }
            Step::DeclineAlteration => booking.decline_alteration(by, now),
            Step::WithdrawAlteration => booking.withdraw_alteration(by, now),
            Step::CheckIn => booking.check_in(by, now),
            Step::CheckOut => booking.check_out(by, now),
            Step::NoShow => booking.no_show(by, now),
            Step::Cancel => booking.cancel(by, CancelRequest::default(), now),
            Step::TimeOut => booking.time_out(now),
        }
    }

    fn run_step(&mut self, step: Step, by: BookingRole) -> Result<(), TestCaseError> {
        match step {
            Step::Wait(minutes) => self.now += TimeDelta::minutes(minutes),
            Step::Store => {
                self.booking = Booking::restore(self.booking.clone().into_record()).unwrap();
            }
            step => {
                let (before, stored) = (self.booking.clone(), self.booking.stored);
                if let Ok(change) = self.attempt(step, by) {
                    self.store(change);
                    prop_assert_eq!(self.booking.version, stored + 1);
                    self.require_stayed(&before)?;
                }
            }
        }
        self.require_history()?;
        self.require_nights()
    }

    /// The history is one path of transitions that leads to the current state.
    fn require_history(&self) -> Result<(), TestCaseError> {
        let history = &self.booking.history;
        prop_assert_eq!(
            (history[0].from, history[0].to),
            (None, BookingStatus::PendingPayment)
        );
        for pair in history.windows(2) {
            let (before, entry) = (&pair[0], &pair[1]);
            prop_assert_eq!(entry.from, Some(before.to));
            prop_assert!(before.at <= entry.at);
            prop_assert!(!before.to.is_terminal() || entry.to == BookingStatus::NoShow);
            let known = |it: &&crate::booking::lifecycle::transitions::Transition| {
                it.from == before.to && it.to == entry.to && it.by.contains(&entry.by)
            };
            prop_assert!(TRANSITIONS.iter().any(|it| known(&it)), "{:?}", entry);
        }
        prop_assert_eq!(history[history.len() - 1].to, self.booking.status);
        Ok(())
    }

    /// The store holds the claims of the booking, each night once; an ended booking holds no night that
    /// was refunded in full.
    fn require_nights(&self) -> Result<(), TestCaseError> {
        let booking = &self.booking;
        prop_assert_eq!(&self.nights, &booking.claims());
        prop_assert!(
            self.nights
                .windows(2)
                .all(|pair| pair[0].night < pair[1].night)
        );
        if !booking.status.is_terminal() {
            let held = |night| {
                self.nights
                    .iter()
                    .any(|it| it.night == night && it.kind != ClaimKind::Preparation)
            };
            prop_assert!(booking.stay.dates().all(held));
            return Ok(());
        }
        prop_assert_eq!((&booking.alteration, booking.due_at()), (&None, None));
        let whole = |it: &Cancellation| {
            it.refund.kept.is_zero() && booking.deadlines().nights_stayed(it.at) == 0
        };
        let refunded = booking.cancellation.as_ref().is_some_and(whole);
        let by_host = booking
            .cancellation
            .as_ref()
            .is_some_and(|it| it.by == BookingRole::Host);
        let of = |kind| self.nights.iter().filter(move |it| it.kind == kind);
        prop_assert_eq!(of(ClaimKind::Held).count(), 0);
        prop_assert!(!refunded || of(ClaimKind::Booked).count() == 0);
        prop_assert!(by_host || of(ClaimKind::Blocked).count() == 0);
        prop_assert!(of(ClaimKind::Preparation).count() <= booking.preparation_nights as usize);
        if let Some(first) = of(ClaimKind::Preparation).next() {
            let last = of(ClaimKind::Booked)
                .next_back()
                .map(|it| it.night + Days::new(1));
            prop_assert_eq!(Some(first.night), last);
        }
        Ok(())
    }

    /// A past night of a stay in progress is never released.
    fn require_stayed(&self, before: &Booking) -> Result<(), TestCaseError> {
        if before.status != BookingStatus::CheckedIn {
            return Ok(());
        }
        let today = local_date(before.zone, self.now);
        for night in before.stay.dates().take_while(|&night| night < today) {
            let held = self
                .nights
                .iter()
                .find(|it| it.night == night)
                .map(|it| it.kind);
            prop_assert_eq!(held, Some(ClaimKind::Booked), "{}", night);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn invariants_hold_after_any_sequence_of_commands(
        zone in prop::sample::select(vec![
            chrono_tz::America::New_York, chrono_tz::Pacific::Auckland, chrono_tz::Australia::Lord_Howe, chrono_tz::UTC,
        ]),
        preparation in 0_u32..3,
        begun in 0_usize..3,
        steps in prop::collection::vec((step(), party()), 0..60),
    ) {
        let mut model = LifecycleModel::new(zone, preparation);
        let prefix = [(Step::Capture, BookingRole::System), (Step::Wait(60 * 54), BookingRole::System), (Step::CheckIn, BookingRole::Guest)];
        for (step, by) in prefix.into_iter().take(begun * 2).chain(steps) {
            model.run_step(step, by)?;
        }
    }
}

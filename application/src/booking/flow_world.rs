//! Repositories that check versions as the real ones do, a clock that can be set, and a gateway.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, Rate};
use sojourn_domain::payment::{CallKind, GatewayOutcome, Payment};
use sojourn_domain::property::Calendar;
use sojourn_domain::review::Review;
use sojourn_domain::shared::{Actor, BookingId, CommitError, Guests, PaymentId};
use uuid::Uuid;

use super::{Reserve, reserve};
use crate::payment::{Pay, pay};
use crate::ports::{Charge, GatewayError, MockClock, Ports, TokenError};
use crate::test_ports::{TestPorts, actor_of, listed, now, user};

pub(super) type Meanwhile = Box<dyn FnOnce(&mut Shelf) + Send>;
pub(super) type Answer = Box<dyn FnMut(&Charge) -> Result<GatewayOutcome, GatewayError> + Send>;

/// What is stored, what the clock shows, and what the gateway was asked.
pub(super) struct Shelf {
    pub(super) bookings: HashMap<BookingId, Booking>,
    pub(super) payments: HashMap<PaymentId, Payment>,
    pub(super) reviews: Vec<Review>,
    pub(super) now: DateTime<Utc>,
    pub(super) charges: Vec<Charge>,
    pub(super) answer: Option<Answer>,
    /// Done by somebody else just before the next commit.
    pub(super) meanwhile: Option<Meanwhile>,
}

impl Shelf {
    pub(super) fn store(&mut self, change: BookingChange) -> Result<(), CommitError> {
        let before = self.bookings.get(&change.booking.id).map_or(0, |booking| booking.version);
        let paid = change.payment.as_ref();
        let paid_before = paid.and_then(|it| self.payments.get(&it.id)).map_or(0, |it| it.version);
        if change.booking.version != before + 1 || paid.is_some_and(|it| it.version <= paid_before) {
            return Err(CommitError::Stale);
        }
        self.bookings.insert(change.booking.id, change.booking);
        if let Some(payment) = change.payment {
            self.payments.insert(payment.id, payment);
        }
        Ok(())
    }

    pub(super) fn payment(&self) -> Payment {
        self.payments.values().next().unwrap().clone()
    }

    pub(super) fn asked(&self, kind: CallKind) -> usize {
        let keys =
            self.charges.iter().filter(|charge| charge.kind == kind).map(|charge| &charge.idempotency_key);
        keys.collect::<HashSet<_>>().len()
    }
}

pub(super) type World = Arc<Mutex<Shelf>>;

pub(super) fn commit(world: &World, change: BookingChange) -> Result<(), CommitError> {
    let shelf = &mut *world.lock().unwrap();
    if let Some(meanwhile) = shelf.meanwhile.take() {
        meanwhile(shelf);
    }
    shelf.store(change)
}

pub(super) fn world() -> (World, Ports) {
    let world: World = Arc::new(Mutex::new(Shelf {
        bookings: HashMap::new(),
        payments: HashMap::new(),
        reviews: Vec::new(),
        now: now(),
        charges: Vec::new(),
        answer: None,
        meanwhile: None,
    }));
    let mut mocks = TestPorts::new();
    mocks.properties.expect_get().returning(|_| Ok(Some(listed())));
    mocks.properties.expect_calendar().returning(|_, _, _| Ok(Calendar::default()));
    mocks.signer.expect_open().returning(|_, _| Err(TokenError));
    let w = world.clone();
    mocks.bookings.expect_get().returning(move |id| Ok(w.lock().unwrap().bookings.get(&id).cloned()));
    let w = world.clone();
    mocks.bookings.expect_due().returning(move |now, _| {
        let due = |it: &&Booking| it.due_at().is_some_and(|due| due <= now);
        Ok(w.lock().unwrap().bookings.values().filter(due).cloned().collect())
    });
    let w = world.clone();
    mocks.bookings.expect_commit().returning(move |change| commit(&w, change));
    over_payments(&mut mocks, &world);
    over_reviews(&mut mocks, &world);
    let mut ports = mocks.ports();
    let (mut clock, w) = (MockClock::new(), world.clone());
    clock.expect_now().returning(move || w.lock().unwrap().now);
    ports.clock = Arc::new(clock);
    (world, ports)
}

pub(super) fn over_payments(mocks: &mut TestPorts, world: &World) {
    let w = world.clone();
    mocks.payments.expect_get().returning(move |id| Ok(w.lock().unwrap().payments.get(&id).cloned()));
    let w = world.clone();
    mocks.payments.expect_of_booking().returning(move |id| {
        Ok(w.lock().unwrap().payments.values().find(|payment| payment.booking_id == id).cloned())
    });
    let w = world.clone();
    mocks.payments.expect_unanswered().returning(move |before, _| {
        let open = |it: &&Payment| it.calls.iter().any(|call| call.at < before);
        Ok(w.lock().unwrap().payments.values().filter(open).cloned().collect())
    });
    let w = world.clone();
    mocks.payments.expect_commit().returning(move |payment| {
        let payments = &mut w.lock().unwrap().payments;
        if payments.get(&payment.id).is_none_or(|stored| payment.version <= stored.version) {
            return Err(CommitError::Stale);
        }
        payments.insert(payment.id, payment);
        Ok(())
    });
    let w = world.clone();
    mocks.gateway.expect_call().returning(move |charge| {
        let answer = w.lock().unwrap().answer.take();
        w.lock().unwrap().charges.push(charge.clone());
        match answer {
            Some(mut answer) => answer(&charge),
            None => Ok(GatewayOutcome::Done { reference: "ch_1".into() }),
        }
    });
}

pub(super) fn over_reviews(mocks: &mut TestPorts, world: &World) {
    let w = world.clone();
    mocks.reviews.expect_of_booking().returning(move |_| Ok(w.lock().unwrap().reviews.clone()));
    let w = world.clone();
    mocks.reviews.expect_commit().returning(move |change| {
        w.lock().unwrap().reviews = change.reviews;
        Ok(())
    });
}

pub(super) fn guest() -> Actor {
    Actor { user_id: sojourn_domain::shared::UserId::new(Uuid::from_u128(2)), admin: false }
}

pub(super) fn host() -> Actor {
    actor_of(&user())
}

pub(super) fn wish() -> Reserve {
    Reserve {
        property_id: listed().id,
        stay: "2026-07-10/2026-07-13".parse().unwrap(),
        guests: Guests::try_new(2, 0, 0, 0).unwrap(),
        rate: Rate::Standard,
        quote_token: None,
        expected_total: None,
        message: None,
    }
}

pub(super) fn card(booking: &Booking) -> Pay {
    Pay { booking_id: booking.id, method: "pm_card_visa".into() }
}

pub(super) async fn paid(ports: &Ports) -> Booking {
    let booking = reserve(ports, &guest(), wish()).await.unwrap();
    pay(ports, &guest(), card(&booking)).await.unwrap();
    ports.bookings.get(booking.id).await.unwrap().unwrap()
}

pub(super) fn answering(
    world: &World,
    answer: impl FnMut(&Charge) -> Result<GatewayOutcome, GatewayError> + Send + 'static,
) {
    world.lock().unwrap().answer = Some(Box::new(answer));
}

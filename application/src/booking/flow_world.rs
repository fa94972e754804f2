//! An in-memory marketplace: stored data, the clock, and the calls to the gateway.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, Utc};
use sojourn_domain::booking::{Booking, BookingChange, NightsChange, RatePlan};
use sojourn_domain::ledger::{
    Account, BookingSnapshot, HostDebt, IntegrityCheck, JournalEntry, check_integrity,
};
use sojourn_domain::payment::{
    GatewayCallKind, GatewayOutcome, HostAccount, Payment, PaymentChange,
};
use sojourn_domain::property::{BookingMode, Calendar, NightClaim, Property};
use sojourn_domain::review::Review;
use sojourn_domain::shared::{
    Actor, AuditEntry, BookingId, CommitError, Currency, Guests, Notification, PaymentId,
    PropertyId, UserId,
};
use uuid::Uuid;

use super::flow_stores::Stores;
use super::{Reserve, reserve};
use crate::payment::{Pay, pay};
use crate::ports::{AuditChain, Charge, GatewayError, MockClock, Ports, TokenError};
use crate::test_ports::{TestPorts, actor_of, listed, now, user};

pub(super) type Answer = Box<dyn FnMut(&Charge) -> Result<GatewayOutcome, GatewayError> + Send>;

/// Stored data, the clock, and the calls to the gateway.
pub(super) struct Shelf {
    pub(super) property: Property,
    pub(super) bookings: HashMap<BookingId, Booking>,
    pub(super) payments: HashMap<PaymentId, Payment>,
    pub(super) claims: BTreeMap<NaiveDate, NightClaim>,
    pub(super) journal: Vec<JournalEntry>,
    pub(super) accounts: HashMap<UserId, i64>,
    pub(super) notifications: Vec<Notification>,
    pub(super) audit: Vec<AuditEntry>,
    pub(super) reviews: Vec<Review>,
    pub(super) now: DateTime<Utc>,
    pub(super) charges: Vec<Charge>,
    pub(super) answer: Option<Answer>,
}

impl Shelf {
    fn empty() -> Self {
        Self {
            property: listed(),
            bookings: HashMap::new(),
            payments: HashMap::new(),
            claims: BTreeMap::new(),
            journal: Vec::new(),
            accounts: HashMap::new(),
            notifications: Vec::new(),
            audit: Vec::new(),
            reviews: Vec::new(),
            now: now(),
            charges: Vec::new(),
            answer: None,
        }
    }

    pub(super) fn store(&mut self, change: BookingChange) -> Result<(), CommitError> {
        let before = self
            .bookings
            .get(&change.booking.id)
            .map_or(0, |booking| booking.version);
        let stale = change
            .payment
            .as_ref()
            .is_some_and(|payment| self.is_stale(payment));
        if change.booking.version != before + 1 || stale {
            return Err(CommitError::Stale);
        }
        let booking = change.booking.id;
        if let NightsChange::Set(claims) = change.nights {
            self.claim(booking, claims)?;
        }
        self.bookings
            .insert(booking, Booking::restore(change.booking.into_record()));
        self.payments.extend(
            change
                .payment
                .map(|payment| (payment.id, read_again(payment))),
        );
        self.notifications.extend(change.notifications);
        self.audit.extend(change.audit);
        self.post(change.journal);
        Ok(())
    }

    pub(super) fn store_payment(&mut self, change: PaymentChange) -> Result<(), CommitError> {
        if self.is_stale(&change.payment) {
            return Err(CommitError::Stale);
        }
        if let Some(read) = change.host_account {
            let version = self.accounts.entry(read.host_id).or_default();
            if *version != read.version {
                return Err(CommitError::Stale);
            }
            *version += 1;
        }
        self.payments
            .insert(change.payment.id, read_again(change.payment));
        self.audit.extend(change.audit);
        self.post(change.journal);
        Ok(())
    }

    fn is_stale(&self, payment: &Payment) -> bool {
        payment.version
            != self
                .payments
                .get(&payment.id)
                .map_or(0, |stored| stored.version)
                + 1
    }

    fn claim(&mut self, booking: BookingId, claims: Vec<NightClaim>) -> Result<(), CommitError> {
        assert!(
            claims.is_sorted_by_key(|claim| claim.night),
            "claims in ascending order"
        );
        let others = |claim: &&NightClaim| {
            self.claims
                .get(&claim.night)
                .is_some_and(|held| held.booking_id != Some(booking))
        };
        let taken: Vec<_> = claims
            .iter()
            .filter(others)
            .map(|claim| claim.night)
            .collect();
        if !taken.is_empty() {
            return Err(CommitError::NightsTaken(taken));
        }
        self.claims
            .retain(|_, claim| claim.booking_id != Some(booking));
        self.claims
            .extend(claims.into_iter().map(|claim| (claim.night, claim)));
        Ok(())
    }

    /// Posts entries and asserts consistency, except for amounts owed after a failed refund.
    fn post(&mut self, entries: Vec<JournalEntry>) {
        for entry in entries {
            let name = |it: &JournalEntry| (it.booking_id, it.cause, it.source);
            assert!(
                self.journal.iter().all(|it| name(it) != name(&entry)),
                "{entry:?} is posted twice"
            );
            self.journal.push(entry);
        }
        for dossier in self.dossiers() {
            let mut found = check_integrity(&dossier);
            found.retain(|finding| finding.check != IntegrityCheck::OwedToGuest);
            assert_eq!(found, [], "{dossier:?}");
        }
    }

    pub(super) fn dossiers(&self) -> Vec<BookingSnapshot> {
        let dossier = |booking: &Booking| BookingSnapshot {
            booking: booking.clone(),
            payment: self.payment_of(booking.id),
            journal: self
                .journal
                .iter()
                .filter(|entry| entry.booking_id == booking.id)
                .copied()
                .collect(),
            claims: self
                .claims
                .values()
                .filter(|it| it.booking_id == Some(booking.id))
                .copied()
                .collect(),
        };
        self.bookings.values().map(dossier).collect()
    }

    /// A host's debts per booking.
    pub(super) fn debts(&self, host_id: UserId) -> Vec<HostDebt> {
        let mut sums = BTreeMap::<BookingId, i64>::new();
        for entry in self.journal.iter().filter(|entry| entry.host_id == host_id) {
            *sums.entry(entry.booking_id).or_default() +=
                entry.postings.on(Account::HostPayable).amount();
        }
        let debt = |(booking_id, sum): (BookingId, i64)| HostDebt {
            property_id: self.property.id,
            booking_id,
            host_id,
            amount: crate::test_ports::usd(sum),
        };
        sums.into_iter()
            .filter(|&(_, sum)| sum > 0)
            .map(debt)
            .collect()
    }

    pub(super) fn account(&self, host_id: UserId, currency: Currency) -> HostAccount {
        HostAccount {
            host_id,
            currency,
            version: self.accounts.get(&host_id).copied().unwrap_or(0),
        }
    }

    pub(super) fn payment_of(&self, booking: BookingId) -> Option<Payment> {
        self.payments
            .values()
            .find(|payment| payment.booking_id == booking)
            .cloned()
    }

    pub(super) fn booking(&self) -> Booking {
        self.bookings.values().next().unwrap().clone()
    }

    pub(super) fn payment(&self) -> Payment {
        self.payments.values().next().unwrap().clone()
    }

    /// Number of distinct gateway calls of a kind.
    pub(super) fn asked(&self, kind: GatewayCallKind) -> usize {
        let keys = self
            .charges
            .iter()
            .filter(|charge| charge.kind == kind)
            .map(|charge| &charge.idempotency_key);
        keys.collect::<HashSet<_>>().len()
    }

    /// Edits the property's details.
    pub(super) fn edit(
        &mut self,
        edit: impl FnOnce(&mut sojourn_domain::property::PropertyRecord),
    ) {
        let mut record = self.property.clone().into_record();
        edit(&mut record);
        self.property = Property::restore(record);
    }

    fn calendar(&self, from: NaiveDate, to: NaiveDate) -> Calendar {
        Calendar::new([], self.claims.range(from..to).map(|(_, claim)| *claim))
    }
}

fn read_again(payment: Payment) -> Payment {
    Payment::restore(payment.into_record())
}

pub(super) type World = Arc<Mutex<Shelf>>;

pub(super) fn world() -> (World, Ports) {
    let world: World = Arc::new(Mutex::new(Shelf::empty()));
    let mut mocks = TestPorts::new();
    let w = world.clone();
    mocks
        .properties
        .expect_get()
        .returning(move |_| Ok(Some(w.lock().unwrap().property.clone())));
    let w = world.clone();
    mocks
        .properties
        .expect_calendar()
        .returning(move |_: PropertyId, from, to| Ok(w.lock().unwrap().calendar(from, to)));
    mocks
        .signer
        .expect_sign()
        .returning(|_, payload| String::from_utf8(payload.to_vec()).unwrap());
    mocks.signer.expect_open().returning(|_, token| {
        token
            .starts_with('{')
            .then(|| token.as_bytes().to_vec())
            .ok_or(TokenError)
    });
    mocks.audit.expect_examine().returning(|| {
        Ok(AuditChain {
            lines: 0,
            head: None,
            broken_at: None,
        })
    });
    over_reviews(&mut mocks, &world);
    let mut ports = mocks.ports();
    let stores = Arc::new(Stores(world.clone()));
    ports.bookings = stores.clone();
    ports.payments = stores.clone();
    ports.ledger = stores.clone();
    ports.gateway = stores;
    let (mut clock, w) = (MockClock::new(), world.clone());
    clock.expect_now().returning(move || w.lock().unwrap().now);
    ports.clock = Arc::new(clock);
    (world, ports)
}

fn over_reviews(mocks: &mut TestPorts, world: &World) {
    let w = world.clone();
    mocks
        .reviews
        .expect_of_booking()
        .returning(move |_| Ok(w.lock().unwrap().reviews.clone()));
    let w = world.clone();
    mocks.reviews.expect_commit().returning(move |change| {
        w.lock().unwrap().reviews = change.reviews;
        Ok(())
    });
}

/// Asserts that the books are consistent and no amount is outstanding.
pub(super) fn sound(world: &World) {
    for dossier in world.lock().unwrap().dossiers() {
        assert_eq!(check_integrity(&dossier), [], "{dossier:?}");
    }
}

pub(super) fn guest() -> Actor {
    Actor::member(UserId::new(Uuid::from_u128(2)))
}

pub(super) fn host() -> Actor {
    actor_of(&user())
}

pub(super) fn admin() -> Actor {
    Actor::operator(UserId::new(Uuid::from_u128(3)))
}

pub(super) fn wish() -> Reserve {
    wish_for("2026-07-10/2026-07-13")
}

pub(super) fn wish_for(stay: &str) -> Reserve {
    Reserve {
        property_id: listed().id,
        stay: stay.parse().unwrap(),
        guests: Guests::try_new(2, 0, 0, 0).unwrap(),
        rate: RatePlan::Standard,
        quote_token: None,
        expected_total: None,
        message: None,
    }
}

pub(super) fn card(booking: &Booking) -> Pay {
    Pay {
        booking_id: booking.id,
        method: "pm_card_visa".into(),
    }
}

pub(super) async fn paid(ports: &Ports) -> Booking {
    paid_for(ports, wish()).await
}

pub(super) async fn paid_for(ports: &Ports, wish: Reserve) -> Booking {
    let booking = reserve(ports, &guest(), wish).await.unwrap();
    pay(ports, &guest(), card(&booking)).await.unwrap();
    ports.bookings.get(booking.id).await.unwrap().unwrap()
}

/// A booking that awaits its host's answer; the property has no instant booking.
pub(super) async fn requested(world: &World, ports: &Ports) -> Booking {
    take_requests(world);
    paid(ports).await
}

pub(super) fn take_requests(world: &World) {
    world
        .lock()
        .unwrap()
        .edit(|record| record.details.booking_mode = BookingMode::Request);
}

pub(super) fn answering(
    world: &World,
    answer: impl FnMut(&Charge) -> Result<GatewayOutcome, GatewayError> + Send + 'static,
) {
    world.lock().unwrap().answer = Some(Box::new(answer));
}

/// Makes the next gateway call time out.
pub(super) fn silence(world: &World) {
    answering(world, |_| Err(GatewayError("silent".into())));
}

/// Makes the gateway decline the next call.
pub(super) fn refusing(world: &World, code: &'static str) {
    answering(world, move |_| {
        Ok(GatewayOutcome::Refused { code: code.into() })
    });
}

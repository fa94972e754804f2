//! An in-memory marketplace: stored data, the clock, and the calls to the gateway.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, Utc};
use sojourn_domain::booking::{Booking, BookingChange, BookingCommitError, NightsChange, RatePlan};
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

use super::in_memory::InMemoryRepositories;
use crate::booking::{Reserve, reserve};
use crate::payment::{Pay, pay};
use crate::ports::{AuditChain, GatewayError, GatewayRequest, MockClock, Ports, TokenError};
use crate::test_support::test_ports::{TestPorts, actor_of, listed, now, user};

pub(crate) type Responder =
    Box<dyn FnMut(&GatewayRequest) -> Result<GatewayOutcome, GatewayError> + Send>;

/// Stored data, the clock, and the calls to the gateway.
pub(crate) struct State {
    pub(crate) property: Property,
    pub(crate) bookings: HashMap<BookingId, Booking>,
    pub(crate) payments: HashMap<PaymentId, Payment>,
    pub(crate) claims: BTreeMap<NaiveDate, NightClaim>,
    pub(crate) journal: Vec<JournalEntry>,
    pub(crate) accounts: HashMap<UserId, i64>,
    pub(crate) notifications: Vec<Notification>,
    pub(crate) audit: Vec<AuditEntry>,
    pub(crate) reviews: Vec<Review>,
    pub(crate) now: DateTime<Utc>,
    pub(crate) gateway_requests: Vec<GatewayRequest>,
    pub(crate) responder: Option<Responder>,
}

impl State {
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
            gateway_requests: Vec::new(),
            responder: None,
        }
    }

    pub(crate) fn store(&mut self, change: BookingChange) -> Result<(), BookingCommitError> {
        let before = self
            .bookings
            .get(&change.booking().id)
            .map_or(0, |booking| booking.version);
        let stale = change
            .payment()
            .is_some_and(|payment| self.is_stale(payment));
        if change.booking().version != before + 1 || stale {
            return Err(BookingCommitError::Stale);
        }
        let booking = change.booking().id;
        if let NightsChange::Set(claims) = change.nights().clone() {
            self.claim(booking, claims)?;
        }
        if let Some(payment) = change.payment().cloned() {
            self.payments.insert(payment.id, restored(payment));
        }
        self.notifications.extend(change.notifications().to_vec());
        self.audit.extend(change.audit().cloned());
        let journal = change.journal().to_vec();
        self.bookings.insert(
            booking,
            Booking::restore(change.into_booking().into_record()).unwrap(),
        );
        self.post(journal);
        Ok(())
    }

    pub(crate) fn store_payment(&mut self, change: PaymentChange) -> Result<(), CommitError> {
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
            .insert(change.payment.id, restored(change.payment));
        self.audit.extend(change.audit);
        self.post(change.journal);
        Ok(())
    }

    fn is_stale(&self, payment: &Payment) -> bool {
        let stored = self.payments.get(&payment.id);
        payment.version != stored.map_or(0, |stored| stored.version) + 1
    }

    fn claim(
        &mut self,
        booking: BookingId,
        claims: Vec<NightClaim>,
    ) -> Result<(), BookingCommitError> {
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
            return Err(BookingCommitError::NightsTaken(taken));
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
        for snapshot in self.booking_snapshots() {
            let mut found = check_integrity(&snapshot);
            found.retain(|finding| finding.check != IntegrityCheck::OwedToGuest);
            assert_eq!(found, [], "{snapshot:?}");
        }
    }

    pub(crate) fn booking_snapshots(&self) -> Vec<BookingSnapshot> {
        let snapshot = |booking: &Booking| BookingSnapshot {
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
        self.bookings.values().map(snapshot).collect()
    }

    /// A host's debts per booking.
    pub(crate) fn debts(&self, host_id: UserId) -> Vec<HostDebt> {
        let mut sums = BTreeMap::<BookingId, i64>::new();
        for entry in self.journal.iter().filter(|entry| entry.host_id == host_id) {
            *sums.entry(entry.booking_id).or_default() +=
                entry.postings.on(Account::HostPayable).amount();
        }
        let debt = |(booking_id, sum): (BookingId, i64)| HostDebt {
            property_id: self.property.id,
            booking_id,
            host_id,
            amount: crate::test_support::test_ports::usd(sum),
        };
        sums.into_iter()
            .filter(|&(_, sum)| sum > 0)
            .map(debt)
            .collect()
    }

    pub(crate) fn account(&self, host_id: UserId, currency: Currency) -> HostAccount {
        HostAccount {
            host_id,
            currency,
            version: self.accounts.get(&host_id).copied().unwrap_or(0),
        }
    }

    pub(crate) fn payment_of(&self, booking: BookingId) -> Option<Payment> {
        self.payments
            .values()
            .find(|payment| payment.booking_id == booking)
            .cloned()
    }

    pub(crate) fn booking(&self) -> Booking {
        self.bookings.values().next().unwrap().clone()
    }

    pub(crate) fn payment(&self) -> Payment {
        self.payments.values().next().unwrap().clone()
    }

    /// Number of distinct gateway calls of a kind.
    pub(crate) fn gateway_calls(&self, kind: GatewayCallKind) -> usize {
        let keys = self
            .gateway_requests
            .iter()
            .filter(|request| request.kind == kind)
            .map(|request| &request.idempotency_key);
        keys.collect::<HashSet<_>>().len()
    }

    /// Edits the property's details.
    pub(crate) fn edit(
        &mut self,
        edit: impl FnOnce(&mut sojourn_domain::property::PropertyRecord),
    ) {
        let mut record = self.property.clone().into_record();
        edit(&mut record);
        self.property = Property::restore(record).unwrap();
    }

    fn calendar(&self, from: NaiveDate, to: NaiveDate) -> Calendar {
        let claims = self.claims.range(from..to).map(|(_, claim)| *claim);
        Calendar::try_new(self.property.id, (from, to), [], claims).unwrap()
    }
}

fn restored(payment: Payment) -> Payment {
    Payment::restore(payment.into_record()).unwrap()
}

pub(crate) type InMemoryMarketplace = Arc<Mutex<State>>;

pub(crate) fn marketplace() -> (InMemoryMarketplace, Ports) {
    let marketplace: InMemoryMarketplace = Arc::new(Mutex::new(State::empty()));
    let mut mocks = TestPorts::new();
    let shared = marketplace.clone();
    mocks
        .properties
        .expect_get()
        .returning(move |_| Ok(Some(shared.lock().unwrap().property.clone())));
    mocks.users.expect_get().returning(|_| Ok(Some(user())));
    let shared = marketplace.clone();
    mocks
        .properties
        .expect_calendar()
        .returning(move |_: PropertyId, from, to| Ok(shared.lock().unwrap().calendar(from, to)));
    mocks
        .signer
        .expect_seal()
        .returning(|_, _, payload| String::from_utf8(payload.to_vec()).unwrap());
    mocks.signer.expect_unseal().returning(|_, _, token| {
        token
            .starts_with('{')
            .then(|| token.as_bytes().to_vec())
            .ok_or(TokenError)
    });
    mocks.audit.expect_verify_chain().returning(|| {
        Ok(AuditChain {
            lines: 0,
            head: None,
            unsealed: 0,
            broken_at: None,
        })
    });
    expect_reviews(&mut mocks, &marketplace);
    let mut ports = mocks.ports();
    let stores = Arc::new(InMemoryRepositories(marketplace.clone()));
    ports.bookings = stores.clone();
    ports.payments = stores.clone();
    ports.ledger = stores.clone();
    ports.due_work = stores.clone();
    ports.gateway = stores;
    let (mut clock, shared) = (MockClock::new(), marketplace.clone());
    clock
        .expect_now()
        .returning(move || shared.lock().unwrap().now);
    ports.clock = Arc::new(clock);
    (marketplace, ports)
}

fn expect_reviews(mocks: &mut TestPorts, marketplace: &InMemoryMarketplace) {
    let shared = marketplace.clone();
    mocks
        .reviews
        .expect_of_booking()
        .returning(move |_| Ok(shared.lock().unwrap().reviews.clone()));
    let shared = marketplace.clone();
    mocks.reviews.expect_commit().returning(move |change| {
        shared.lock().unwrap().reviews = change.reviews;
        Ok(())
    });
}

/// Asserts that the books are consistent and no amount is outstanding.
pub(crate) fn assert_consistent(marketplace: &InMemoryMarketplace) {
    for snapshot in marketplace.lock().unwrap().booking_snapshots() {
        assert_eq!(check_integrity(&snapshot), [], "{snapshot:?}");
    }
}

pub(crate) fn guest() -> Actor {
    Actor::member(UserId::new(Uuid::from_u128(2)))
}

pub(crate) fn host() -> Actor {
    actor_of(&user())
}

pub(crate) fn admin() -> Actor {
    Actor::operator(UserId::new(Uuid::from_u128(3)))
}

pub(crate) fn reserve_request() -> Reserve {
    reserve_request_for("2026-07-10/2026-07-13")
}

pub(crate) fn reserve_request_for(stay: &str) -> Reserve {
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

pub(crate) fn card(booking_id: BookingId) -> Pay {
    Pay {
        booking_id,
        method: "pm_card_visa".into(),
    }
}

pub(crate) async fn paid(ports: &Ports) -> Booking {
    paid_for(ports, reserve_request()).await
}

pub(crate) async fn paid_for(ports: &Ports, reserve_request: Reserve) -> Booking {
    let booking = reserve(ports, &guest(), reserve_request).await.unwrap();
    pay(ports, &guest(), card(booking.id)).await.unwrap();
    ports.bookings.get(booking.id).await.unwrap().unwrap()
}

/// A booking that awaits its host's answer; the property has no instant booking.
pub(crate) async fn requested(marketplace: &InMemoryMarketplace, ports: &Ports) -> Booking {
    take_requests(marketplace);
    paid(ports).await
}

pub(crate) fn take_requests(marketplace: &InMemoryMarketplace) {
    marketplace
        .lock()
        .unwrap()
        .edit(|record| record.details.booking_mode = BookingMode::Request);
}

pub(crate) fn gateway_responds(
    marketplace: &InMemoryMarketplace,
    responder: impl FnMut(&GatewayRequest) -> Result<GatewayOutcome, GatewayError> + Send + 'static,
) {
    marketplace.lock().unwrap().responder = Some(Box::new(responder));
}

/// Makes the next gateway call time out.
pub(crate) fn gateway_times_out(marketplace: &InMemoryMarketplace) {
    gateway_responds(marketplace, |_| Err(GatewayError("silent".into())));
}

/// Makes the gateway decline the next call.
pub(crate) fn gateway_refuses(marketplace: &InMemoryMarketplace, code: &'static str) {
    gateway_responds(marketplace, move |_| {
        Ok(GatewayOutcome::Refused { code: code.into() })
    });
}

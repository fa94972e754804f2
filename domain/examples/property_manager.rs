//! A small property manager that embeds the crate with a store of its own: a booking is held, paid and cancelled, a
//! second guest is refused the same nights, and the books are checked after every step:
//! `cargo run -p sojourn-domain --example property_manager`.
//!
//! The order of a paid booking's life is: quote → hold → payment begun → the provider's answer → confirmed; then an
//! alteration or cancellation, the end of the stay, and the payouts. Each step is a change that is stored as a whole.

use std::collections::BTreeMap;
use std::error::Error;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sojourn_domain::booking::{
    Booking, BookingChange, CancelRequest, NewBooking, NightsChange, Offer, StayRequest,
};
use sojourn_domain::ledger::{
    Account, BookingFunds, BookingSnapshot, JournalEntry, check_integrity,
};
use sojourn_domain::payment::{
    GatewayCall, GatewayCallKind, GatewayOutcome, Payment, PaymentChange,
};
use sojourn_domain::property::{
    Address, Calendar, CancellationPolicy, Location, NightClaim, Pricing, Property, PropertyDetails,
};
use sojourn_domain::shared::{
    Actor, BookingId, BookingRole, Currency, Guests, MarketplaceTerms, Money, PaymentEntryId,
    PaymentId, PropertyId, Stay, UserId,
};
use uuid::Uuid;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Everything that is stored. A database does the same in a transaction, with the night of a property as a primary key.
#[derive(Default)]
struct Store {
    bookings: BTreeMap<BookingId, Booking>,
    payments: BTreeMap<BookingId, Payment>,
    nights: BTreeMap<(PropertyId, NaiveDate), NightClaim>,
    journal: Vec<JournalEntry>,
    last_id: u128,
}

impl Store {
    fn next_id(&mut self) -> Uuid {
        self.last_id += 1;
        Uuid::from_u128(self.last_id)
    }

    /// The calendar of a property over all that decides on a stay.
    fn calendar(&self, property: &Property, stay: Stay) -> Outcome<Calendar> {
        let preparation_nights = property.details.stay_rules.preparation_nights;
        let (from, to) = Calendar::range_of(stay, preparation_nights);
        let claims = self.nights.range((property.id, from)..(property.id, to));
        let claims = claims.map(|(_, claim)| *claim);
        Ok(Calendar::try_new(property.id, (from, to), [], claims)?)
    }

    fn booking(&self, id: BookingId) -> Outcome<Booking> {
        Ok(self.bookings.get(&id).cloned().ok_or("no such booking")?)
    }

    /// Stores a change with its effect on the money: all of it or nothing.
    fn commit(&mut self, change: BookingChange, reason: &str, now: DateTime<Utc>) -> Outcome<()> {
        let id = change.booking().id;
        let stored = self.bookings.get(&id).cloned();
        if stored.as_ref().map_or(0, |before| before.version) + 1 != change.booking().version {
            return Err("the booking was changed concurrently".into());
        }
        let payment = self.payments.get(&id).cloned();
        let before = stored.unwrap_or_else(|| change.booking().clone());
        let before = BookingFunds {
            booking: &before,
            payment: payment.as_ref(),
        };
        let change = change.with_settlement(before, reason, &mut || self.next_id(), now)?;
        if let NightsChange::Set(claims) = change.nights() {
            self.claim(change.booking(), claims)?;
        }
        self.keep(id, change.payment(), change.journal())?;
        self.bookings
            .insert(id, Booking::restore(change.into_booking().into_record())?);
        self.check(id)
    }

    /// Replaces the nights that a booking claims, unless another one has one of them.
    fn claim(&mut self, booking: &Booking, claims: &[NightClaim]) -> Outcome<()> {
        let key = |claim: &NightClaim| (booking.property_id, claim.night);
        let taken = claims.iter().find(|claim| {
            let other = self.nights.get(&key(claim));
            other.is_some_and(|other| other.booking_id != Some(booking.id))
        });
        if let Some(taken) = taken {
            return Err(format!("the night of {} is taken", taken.night).into());
        }
        self.nights
            .retain(|_, claim| claim.booking_id != Some(booking.id));
        self.nights
            .extend(claims.iter().map(|claim| (key(claim), *claim)));
        Ok(())
    }

    fn keep(
        &mut self,
        id: BookingId,
        payment: Option<&Payment>,
        journal: &[JournalEntry],
    ) -> Outcome<()> {
        if let Some(payment) = payment {
            self.payments
                .insert(id, Payment::restore(payment.clone().into_record())?);
        }
        self.journal.extend(journal);
        Ok(())
    }

    /// Makes the calls that a payment waits for, and stores what the provider answered. Here every call succeeds.
    fn call_provider(&mut self, id: BookingId, now: DateTime<Utc>) -> Outcome<()> {
        while let Some(payment) = self.payments.get(&id).cloned() {
            let Some(call) = payment.pending_calls.first().cloned() else {
                break;
            };
            println!("  provider: {} {}", call.kind, call.amount);
            let answer = GatewayOutcome::Succeeded {
                reference: format!("ch_{}", call.id),
            };
            let booking = self.booking(id)?;
            let answered = payment
                .clone()
                .record_outcome(call.id, answer.clone(), now)?;
            let code = || "ABCDEFGHJK".to_owned();
            match booking
                .clone()
                .apply_gateway_outcome(&call, &answer, code, now)?
            {
                Some(change) => self.commit(change.with_payment(answered), "late", now)?,
                None => {
                    let before = BookingFunds {
                        booking: &booking,
                        payment: Some(&payment),
                    };
                    let mut next = || self.next_id();
                    let change =
                        PaymentChange::with_settlement(before, answered, "late", &mut next, now)?;
                    self.keep(id, Some(&change.payment), &change.journal)?;
                    self.check(id)?;
                }
            }
        }
        Ok(())
    }

    /// Compares a booking with its nights, its payment and its journal.
    fn check(&self, id: BookingId) -> Outcome<()> {
        let of_it = |entry: &&JournalEntry| entry.booking_id == id;
        let claims = self
            .nights
            .values()
            .filter(|claim| claim.booking_id == Some(id));
        let findings = check_integrity(&BookingSnapshot {
            booking: self.booking(id)?,
            payment: self.payments.get(&id).cloned(),
            journal: self.journal.iter().filter(of_it).copied().collect(),
            claims: claims.copied().collect(),
        });
        match findings.first() {
            Some(finding) => Err(finding.detail.clone().into()),
            None => Ok(()),
        }
    }
}

fn main() -> Outcome<()> {
    let (mut store, terms) = (Store::default(), MarketplaceTerms::default());
    let now: DateTime<Utc> = "2026-03-01T17:00:00Z".parse()?;
    let cabin = cabin(now)?;
    let stay: Stay = "2026-07-10/2026-07-14".parse()?;
    let request = StayRequest::new(stay, Guests::try_new(2, 0, 0, 0)?);

    println!("1. A guest is quoted {stay} and holds the nights.");
    let calendar = store.calendar(&cabin, stay)?;
    let quote = Offer::new(&cabin, &calendar, &terms).quote(request, now)?;
    println!("  total: {:>12}", quote.price.total);
    let id = BookingId::new(store.next_id());
    let new = NewBooking {
        id,
        guest_id: UserId::new(Uuid::from_u128(1 << 64)),
        quote: quote.clone(),
        message: None,
    };
    store.commit(Booking::hold(&cabin, new, now)?, "held", now)?;

    println!("2. Another guest with a quote for the same nights is refused.");
    let late = NewBooking {
        id: BookingId::new(store.next_id()),
        guest_id: UserId::new(Uuid::from_u128(1 << 65)),
        quote,
        message: None,
    };
    let refused = store.commit(Booking::hold(&cabin, late, now)?, "held", now);
    println!("  {}", refused.err().ok_or("sold twice")?);
    let calendar = store.calendar(&cabin, stay)?;
    let refused = Offer::new(&cabin, &calendar, &terms).quote(request, now);
    println!("  {}", refused.err().ok_or("quoted twice")?);

    println!("3. The first guest pays.");
    let held = store.booking(id)?;
    let call = PaymentEntryId::new(store.next_id());
    let call = GatewayCall {
        method: Some("pm_card".into()),
        ..GatewayCall::new(call, GatewayCallKind::Capture, held.price.total, now)
    };
    let payment = PaymentId::new(store.next_id());
    let payment = Payment::begin(payment, id, cabin.id, call)?;
    store.commit(held.begin_payment(payment, now)?, "payment", now)?;
    store.call_provider(id, now)?;
    println!("  the booking is {}", store.booking(id)?.status);

    println!("4. Three days before check-in the guest cancels.");
    cancel(&mut store, id, now + TimeDelta::days(128))
}

/// Cancels a booking for its guest, and prints what became of the money.
fn cancel(store: &mut Store, id: BookingId, later: DateTime<Utc>) -> Outcome<()> {
    let change = store
        .booking(id)?
        .cancel(BookingRole::Guest, CancelRequest::default(), later)?;
    store.commit(change, "cancelled", later)?;
    store.call_provider(id, later)?;
    let cancelled = store.booking(id)?;
    let refund = &cancelled.cancellation.as_ref().ok_or("cancelled")?.refund;
    println!("  refunded {}, kept {}", refund.refund, refund.kept);
    println!("  nights still claimed: {}", store.nights.len());
    for account in Account::ALL {
        let amounts = store
            .journal
            .iter()
            .map(|entry| entry.postings.on(*account));
        println!(
            "  {:<18} {:>12}",
            account.as_str(),
            Money::sum(Currency::USD, amounts)?
        );
    }
    Ok(())
}

/// A listed cabin in New York at 100.00 a night.
fn cabin(now: DateTime<Utc>) -> Outcome<Property> {
    let host = UserId::new(Uuid::from_u128(1 << 66));
    let details = PropertyDetails {
        title: Some("Cabin".into()),
        description: Some("By the lake".into()),
        address: Address {
            line1: Some("1 Lake Road".into()),
            city: Some("Albany".into()),
            country: Some("US".into()),
            ..Address::default()
        },
        location: Some(Location {
            latitude: 42.65,
            longitude: -73.75,
        }),
        max_guests: Some(4),
        time_zone: Some(chrono_tz::America::New_York),
        cancellation_policy: CancellationPolicy::Moderate,
        pricing: Some(Pricing::nightly(Money::new(100_00, Currency::USD))),
        ..PropertyDetails::default()
    };
    let draft = Property::draft(
        PropertyId::new(Uuid::from_u128(1 << 67)),
        host,
        details,
        now,
    )?;
    Ok(draft.publish(&Actor::member(host), true, now)?)
}

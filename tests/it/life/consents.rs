//! The agreements of guests and hosts, and the amounts that may be refunded by them.

use std::collections::BTreeMap;
use std::fmt;

use sojourn_application::ports::Ports;
use sojourn_domain::booking::{BookingStatus, Refund};
use sojourn_domain::shared::{BookingId, Money};

/// The agreement about one booking.
#[derive(Default)]
struct Consent {
    /// The refund of a cancellation as its preview showed it a moment before.
    previewed: Option<Refund>,
    /// Refunds that the host or an operator gave beyond it, in minor units.
    goodwill: i64,
}

/// Agreements by booking, and counts of commands by result.
#[derive(Default)]
pub struct Consents {
    bookings: BTreeMap<BookingId, Consent>,
    results: BTreeMap<(&'static str, &'static str), u64>,
}

impl Consents {
    pub fn note<T, E: fmt::Debug>(&mut self, command: &'static str, result: &Result<T, E>) {
        let result = if result.is_ok() { "done" } else { "refused" };
        *self.results.entry((command, result)).or_default() += 1;
    }

    pub fn note_interrupted(&mut self, command: &'static str) {
        *self.results.entry((command, "interrupted")).or_default() += 1;
    }

    /// The booking; an interrupted command may have been carried out too.
    pub fn booking(&mut self, id: BookingId) {
        self.bookings.entry(id).or_default();
    }

    pub fn preview(&mut self, id: BookingId, refund: Refund) {
        self.bookings.entry(id).or_default().previewed = Some(refund);
    }

    pub fn goodwill(&mut self, id: BookingId, amount: Money) {
        self.bookings.entry(id).or_default().goodwill += amount.amount();
    }

    /// Fails if a guest got more than agreed, or a cancellation refunds something else than its preview.
    pub async fn assert_respected(&self, ports: &Ports) {
        for (id, consent) in &self.bookings {
            let stored = ports.bookings.with_payment(*id).await.unwrap();
            let (booking, payment) = stored.unwrap();
            let agreed = match &booking.cancellation {
                Some(cancellation) => {
                    if let Some(previewed) = &consent.previewed {
                        assert_eq!(&cancellation.refund, previewed, "{id}");
                    }
                    cancellation.refund.kept.amount()
                }
                // Unpaid, or the host or the time refused it: everything is returned.
                None if !is_sold(booking.status) => 0,
                None => booking.price.total.amount(),
            };
            let Some(payment) = payment else { continue };
            let kept = payment.captured().amount() - payment.refunded().amount();
            assert!(
                kept + consent.goodwill >= agreed || payment.captured().is_zero(),
                "{id} ({}): {kept} are left of {agreed}, goodwill {}",
                booking.status,
                consent.goodwill
            );
        }
    }
}

fn is_sold(status: BookingStatus) -> bool {
    matches!(
        status,
        BookingStatus::Confirmed
            | BookingStatus::CheckedIn
            | BookingStatus::Completed
            | BookingStatus::NoShow
    )
}

impl fmt::Display for Consents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} bookings", self.bookings.len())?;
        for ((command, result), count) in &self.results {
            writeln!(f, "{count:>8}  {command} {result}")?;
        }
        Ok(())
    }
}

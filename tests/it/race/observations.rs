//! The answers that the clients received.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;
use sojourn_application::ports::Ports;
use sojourn_domain::booking::{BookingCommand, BookingStatus, next_status};
use sojourn_domain::payment::EntryKind;
use sojourn_domain::shared::{BookingId, BookingRole};
use sojourn_tests::Answer;

const PARTIES: [BookingRole; 4] = [
    BookingRole::Guest,
    BookingRole::Host,
    BookingRole::Admin,
    BookingRole::System,
];

/// Acknowledged bookings and payments, counts of answers, and unexpected answers.
#[derive(Default)]
pub struct Observations {
    answers: BTreeMap<(&'static str, u16, String), u64>,
    /// Status by booking and version.
    bookings: BTreeMap<(BookingId, i64), BTreeSet<String>>,
    /// Acknowledged payment statuses (captured, authorized) by booking.
    payments: BTreeMap<BookingId, BTreeSet<String>>,
    unexpected: Vec<String>,
}

impl Observations {
    /// Records the answer to a request of a kind.
    pub fn note(&mut self, kind: &'static str, answer: &Answer) {
        let body = answer.json();
        let code = body["code"].as_str().unwrap_or_default().to_owned();
        *self.answers.entry((kind, answer.status, code)).or_default() += 1;
        match answer.status {
            200 | 201 if body["version"].is_i64() && body["guest_id"].is_string() => {
                self.booking(&body);
            }
            200 | 201 if body["entries"].is_array() => self.payment(&body),
            200 | 201 | 402 | 409 | 422 | 503 => {}
            // The side that proposed an alteration cannot answer it.
            403 if kind.ends_with("alteration") => {}
            status => self
                .unexpected
                .push(format!("{kind}: {status} {}", answer.text)),
        }
    }

    fn booking(&mut self, body: &Value) {
        let key = (id(&body["id"]), body["version"].as_i64().unwrap());
        self.bookings
            .entry(key)
            .or_default()
            .insert(body["status"].as_str().unwrap().to_owned());
    }

    fn payment(&mut self, body: &Value) {
        let status = body["status"].as_str().unwrap().to_owned();
        self.payments
            .entry(id(&body["booking_id"]))
            .or_default()
            .insert(status);
    }

    /// Merges two sets of observations.
    pub fn merge(mut self, other: Self) -> Self {
        for (key, count) in other.answers {
            *self.answers.entry(key).or_default() += count;
        }
        for (key, said) in other.bookings {
            self.bookings.entry(key).or_default().extend(said);
        }
        for (key, said) in other.payments {
            self.payments.entry(key).or_default().extend(said);
        }
        self.unexpected.extend(other.unexpected);
        self
    }

    /// Fails on 5xx other than 503 and on answers that a client with these permissions must not get.
    pub fn assert_no_unexpected_answers(&self) {
        assert!(
            self.unexpected.is_empty(),
            "{} unexpected answers: {:#?}",
            self.unexpected.len(),
            self.unexpected
        );
    }

    /// Fails unless every booking is stored in its acknowledged state or a later one, with every acknowledged charge.
    /// Returns the number of bookings.
    pub async fn assert_consistent_with(&self, ports: &Ports) -> usize {
        for ((booking, version), said) in &self.bookings {
            assert_eq!(
                said.len(),
                1,
                "version {version} of {booking} was reported as {said:?}"
            );
            let status = said.first().unwrap().parse::<BookingStatus>().unwrap();
            let stored = ports.bookings.get(*booking).await.unwrap().unwrap();
            let history: Vec<_> = stored.history.iter().map(|step| step.to).collect();
            assert!(
                stored.version >= *version,
                "{booking} was at {version}, is at {}",
                stored.version
            );
            assert!(
                history.contains(&status),
                "{booking} was reported as {status}, its history is {history:?}"
            );
            assert!(
                successors(status).contains(&stored.status.as_str()),
                "{booking}: {history:?}"
            );
            if stored.version == *version {
                assert_eq!(stored.status, status, "{booking}");
            }
        }
        for (booking, said) in &self.payments {
            let payment = ports
                .bookings
                .with_payment(*booking)
                .await
                .unwrap()
                .unwrap()
                .1
                .unwrap();
            let has = |kind| payment.entries.iter().any(|entry| entry.kind == kind);
            assert!(
                !said.contains("captured") || has(EntryKind::Capture),
                "{payment:?}"
            );
            assert!(
                !said.contains("authorized") || has(EntryKind::Authorization),
                "{payment:?}"
            );
        }
        self.bookings
            .keys()
            .map(|(booking, _)| booking)
            .collect::<BTreeSet<_>>()
            .len()
    }
}

/// A status and all its successors.
fn successors(of: BookingStatus) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::from([of.as_str()]);
    let mut left = vec![of];
    while let Some(status) = left.pop() {
        let next = BookingCommand::ALL.iter().flat_map(|&command| {
            PARTIES
                .iter()
                .filter_map(move |&party| next_status(status, command, party))
        });
        left.extend(next.filter(|next| found.insert(next.as_str())));
    }
    found
}

fn id(value: &Value) -> BookingId {
    value.as_str().unwrap().parse().unwrap()
}

impl fmt::Display for Observations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: u64 = self.answers.values().sum();
        writeln!(f, "{all} answers")?;
        for ((kind, status, code), count) in &self.answers {
            writeln!(f, "{count:>8}  {kind} {status} {code}")?;
        }
        Ok(())
    }
}

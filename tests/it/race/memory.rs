//! What the clients were told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;
use sojourn_application::ports::Ports;
use sojourn_domain::booking::{Command, Status, target};
use sojourn_domain::payment::EntryKind;
use sojourn_domain::shared::{BookingId, Party};
use sojourn_tests::Answer;

const PARTIES: [Party; 4] = [Party::Guest, Party::Host, Party::Admin, Party::System];

/// What was said of bookings and payments, how often what was answered, and what nobody should be told.
#[derive(Default)]
pub struct Memory {
    answers: BTreeMap<(&'static str, u16, String), u64>,
    /// By booking and version: the status.
    bookings: BTreeMap<(BookingId, i64), BTreeSet<String>>,
    /// By booking: that its payment was captured or authorised.
    payments: BTreeMap<BookingId, BTreeSet<String>>,
    surprises: Vec<String>,
}

impl Memory {
    /// Notes an answer to a request of a kind.
    pub fn note(&mut self, kind: &'static str, answer: &Answer) {
        let body = answer.json();
        let code = body["code"].as_str().unwrap_or_default().to_owned();
        *self.answers.entry((kind, answer.status, code)).or_default() += 1;
        match answer.status {
            200 | 201 if body["version"].is_i64() && body["guest_id"].is_string() => {
                self.booking(&body)
            }
            200 | 201 if body["entries"].is_array() => self.payment(&body),
            200 | 201 | 402 | 409 | 422 | 503 => {}
            // Whoever proposed an alteration does not answer it.
            403 if kind.ends_with("alteration") => {}
            status => self
                .surprises
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

    /// Both together.
    pub fn with(mut self, other: Self) -> Self {
        for (key, count) in other.answers {
            *self.answers.entry(key).or_default() += count;
        }
        for (key, said) in other.bookings {
            self.bookings.entry(key).or_default().extend(said);
        }
        for (key, said) in other.payments {
            self.payments.entry(key).or_default().extend(said);
        }
        self.surprises.extend(other.surprises);
        self
    }

    /// No 5xx but 503, and nothing that a client with such rights should be told.
    pub fn fails_on_surprises(&self) {
        assert!(
            self.surprises.is_empty(),
            "{} surprises: {:#?}",
            self.surprises.len(),
            self.surprises
        );
    }

    /// Fails unless every booking is stored in the state that was acknowledged, or in a later one, and every
    /// acknowledged charge too. Tells how many bookings that are.
    pub async fn is_true(&self, ports: &Ports) -> usize {
        for ((booking, version), said) in &self.bookings {
            assert_eq!(
                said.len(),
                1,
                "version {version} of {booking} was told as {said:?}"
            );
            let status = Status::from_word(said.first().unwrap()).unwrap();
            let stored = ports.bookings.get(*booking).await.unwrap().unwrap();
            let history: Vec<_> = stored.history.iter().map(|step| step.to).collect();
            assert!(
                stored.version >= *version,
                "{booking} was at {version}, is at {}",
                stored.version
            );
            assert!(
                history.contains(&status),
                "{booking} was told as {status}, went {history:?}"
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

/// A status and all that may follow it.
fn successors(of: Status) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::from([of.as_str()]);
    let mut left = vec![of];
    while let Some(status) = left.pop() {
        let next = Command::ALL.iter().flat_map(|&command| {
            PARTIES
                .iter()
                .filter_map(move |&party| target(status, command, party))
        });
        left.extend(next.filter(|next| found.insert(next.as_str())));
    }
    found
}

fn id(value: &Value) -> BookingId {
    value.as_str().unwrap().parse().unwrap()
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: u64 = self.answers.values().sum();
        writeln!(f, "{all} answers")?;
        for ((kind, status, code), count) in &self.answers {
            writeln!(f, "{count:>8}  {kind} {status} {code}")?;
        }
        Ok(())
    }
}

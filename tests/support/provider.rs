//! What the simulated payment provider really did, and whether the payments say the same.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sojourn_application::ports::Ports;
use sojourn_domain::payment::EntryKind;

/// What was done for a key: what, and how much.
type Done = BTreeMap<String, (String, i64)>;

/// Every line of the provider's book in which something was done; fails when a key stands there twice.
pub fn provider_did(folder: &Path) -> Done {
    let text = std::fs::read_to_string(folder.join("gateway.jsonl")).unwrap_or_default();
    let mut done = Done::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        if line["done"].is_string() {
            let key = line["key"].as_str().unwrap().to_owned();
            let what = (
                line["kind"].as_str().unwrap().to_owned(),
                line["amount"].as_i64().unwrap(),
            );
            assert_eq!(done.insert(key, what), None, "done twice: {line}");
        }
    }
    done
}

/// Every entry of a payment that says that something was done.
pub async fn payments_say(ports: &Ports) -> Done {
    let mut done = Done::new();
    let mut after = None;
    loop {
        let dossiers = ports.ledger.dossiers(after, 200).await.unwrap();
        let Some(last) = dossiers.last() else {
            return done;
        };
        after = Some(last.booking.id);
        let payments = dossiers
            .iter()
            .filter_map(|dossier| dossier.payment.as_ref());
        for entry in payments.flat_map(|payment| &payment.entries) {
            let kind = match entry.kind {
                EntryKind::Authorization => "authorize",
                EntryKind::Failure | EntryKind::PayoutFailure => continue,
                EntryKind::Capture | EntryKind::Void | EntryKind::Refund | EntryKind::Payout => {
                    entry.kind.as_str()
                }
            };
            let what = (kind.to_owned(), entry.amount.amount());
            assert_eq!(
                done.insert(entry.id.to_string(), what),
                None,
                "said twice: {entry:?}"
            );
        }
    }
}
